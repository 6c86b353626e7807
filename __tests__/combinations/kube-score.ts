import type { Finding } from './findings';
import { objectOf, type System, systemOf } from './systems';
import { BUILD, existing, outputOf } from './tools';

const VERSION = 'v1.20.0';
const ALL_OK = 10;
const OPTIONS = [
  '--output-format=json',
  '--kubernetes-version=v1.29',
  // Without the check that requests equal limits: systems that are idle most of the day share their nodes.
  '--enable-optional-test=container-seccomp-profile',
  '--enable-optional-test=container-ports-check',
];

/** The part of kube-score's output that is used. */
interface Scored {
  readonly file_name: string;
  readonly type_meta: { readonly kind: string };
  readonly object_meta: { readonly name: string };
  readonly checks: {
    readonly check: { readonly id: string };
    readonly grade: number;
    readonly skipped: boolean;
    readonly comments: { readonly path: string; readonly summary: string }[] | null;
  }[];
}

/** Findings of kube-score, including warnings. */
export async function kubeScoreFindings(systems: System[], files: string[]): Promise<Finding[]> {
  // Exit code 1 means that it has findings.
  const text = await outputOf(await installed(), ['score', ...OPTIONS, ...files], 1);
  return (JSON.parse(text) as Scored[]).flatMap(({ type_meta, object_meta, file_name, checks }) => {
    const system = systemOf(systems, file_name);
    const labels = objectOf(system, type_meta.kind, object_meta.name)?.metadata.labels;
    const part = labels?.['app.kubernetes.io/component'] ?? 'none';
    return checks
      .filter(({ skipped, grade }) => !skipped && grade < ALL_OK)
      .flatMap(({ check, comments }) =>
        (comments ?? []).map(({ path, summary }) => ({
          tool: 'kube-score',
          check: check.id,
          message: summary,
          system: system.name,
          object: `${type_meta.kind} ${object_meta.name}`,
          place: path ? `${part}/${path}` : part,
        })),
      );
  });
}

async function installed(): Promise<string> {
  const folder = `${BUILD}/tools/kube-score-${VERSION}`;
  return existing(`${folder}/kube-score`, async () => {
    await outputOf('env', [`GOBIN=${folder}`, 'go', 'install', `github.com/zegl/kube-score/cmd/kube-score@${VERSION}`]);
  });
}
