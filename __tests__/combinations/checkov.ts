import { type Manifest, workloadsOf } from '../support/manifests';
import type { Finding } from './findings';
import { objectOf, type System, systemOf } from './systems';
import { BUILD, existing, outputOf } from './tools';

const VERSION = '3.3.30';
const OPTIONS = ['--framework=kubernetes', '--output=json', '--quiet', '--compact', '--soft-fail', '--skip-download'];

/** The part of checkov's output that is used. */
interface Report {
  readonly summary: { readonly parsing_errors: number };
  readonly results: {
    readonly failed_checks: {
      readonly check_id: string;
      readonly check_name: string;
      readonly check_result: { readonly evaluated_keys?: string[] };
      /** `Deployment.namespace.name` */
      readonly resource: string;
      readonly file_path: string;
    }[];
  };
}

/** Findings of checkov in a folder. */
export async function checkovFindings(systems: System[], folder: string): Promise<Finding[]> {
  const text = await outputOf(await installed(), ['--directory', folder, ...OPTIONS]);
  const { summary, results } = JSON.parse(text) as Report;
  if (summary.parsing_errors > 0) {
    throw new Error(`checkov cannot read ${summary.parsing_errors} of the files in ${folder}`);
  }
  return results.failed_checks.map(({ check_id, check_name, check_result, resource, file_path }) => {
    const system = systemOf(systems, file_path);
    const [kind, , name] = resource.split('.');
    return {
      tool: 'checkov',
      check: check_id,
      message: check_name,
      system: system.name,
      object: `${kind} ${name}`,
      place: placeOf(objectOf(system, kind, name), check_result.evaluated_keys?.[0]),
    };
  });
}

/** @param key the path of the finding: `spec/template/spec/containers/[1]/livenessProbe`. */
function placeOf(manifest: Manifest | undefined, key = ''): string {
  const part = manifest?.metadata.labels?.['app.kubernetes.io/component'] ?? 'none';
  const [, list, index] = /(initContainers|containers)\/\[(\d+)\]/.exec(key) ?? [];
  const [workload] = manifest ? workloadsOf([manifest]) : [];
  const container = list && workload?.template.spec[list][Number(index)];
  return container ? `${part}/${container.name}` : part;
}

async function installed(): Promise<string> {
  const folder = `${BUILD}/tools/checkov-${VERSION}`;
  return existing(`${folder}/bin/checkov`, async () => {
    await outputOf('python3', ['-m', 'venv', folder]);
    await outputOf(`${folder}/bin/pip`, ['install', '--quiet', `checkov==${VERSION}`]);
  });
}
