import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { kubectl } from '../support/kubectl';

const PAGE = join(__dirname, '..', '..', '..', 'docs', 'operations', 'doctor.md');
const ACCOUNT = 'doctor';

/** An account that has the rights of the documentation, and no others. */
export class Account {
  /** Makes it in a namespace. @param without a resource to which it has no right. */
  public static async make(namespace: string, without?: string): Promise<Account> {
    const text = rights().replaceAll('namespace: caritas', `namespace: ${namespace}`);
    const subject = { kind: 'ServiceAccount', name: ACCOUNT, namespace };
    const bindings = ['Role', 'ClusterRole'].map((kind) => ({
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: `${kind}Binding`,
      metadata: {
        name: kind === 'Role' ? 'matrix-doctor' : namespace,
        namespace: kind === 'Role' ? namespace : undefined,
      },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind, name: 'matrix-doctor' },
      subjects: [subject],
    }));
    const account = { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: ACCOUNT, namespace } };
    await kubectl(['apply', '-f', '-'], without ? text.replace(new RegExp(`, ${without}\\b`), '') : text);
    await kubectl(
      ['apply', '-f', '-'],
      JSON.stringify({ apiVersion: 'v1', kind: 'List', items: [account, ...bindings] }),
    );
    const config = JSON.parse(await kubectl(['config', 'view', '--raw', '--minify', '-o', 'json']));
    config.users[0].user = { token: await kubectl(['create', 'token', ACCOUNT, '-n', namespace]) };
    const file = join(mkdtempSync(join(tmpdir(), 'matrix-doctor-')), 'kubeconfig');
    writeFileSync(file, JSON.stringify(config), { mode: 0o600 });
    return new Account(namespace, file);
  }

  private constructor(
    private readonly namespace: string,
    public readonly kubeconfig: string,
  ) {}

  /** Removes what is not in the namespace. */
  public async remove(): Promise<void> {
    await kubectl(['delete', 'clusterrolebinding', this.namespace, '--ignore-not-found']);
    await kubectl(['delete', 'clusterrole', 'matrix-doctor', '--ignore-not-found']);
  }
}

/** The YAML below `## Rights`. */
function rights(): string {
  const [, section] = readFileSync(PAGE, 'utf8').split(/^## Rights$/m);
  return section.split('```yaml\n')[1].split('```')[0];
}
