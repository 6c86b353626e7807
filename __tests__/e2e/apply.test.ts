import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Size, Testing, Yaml } from 'cdk8s';
import { BackupRepository, Backups, EdgeTls, Entry, MatrixChart, Peer, Postgres, SystemSize } from '../../lib';
import { kubectl, tryKubectl } from './support/kubectl';
import { printedCommands } from './support/printed-commands';
import { Shell } from './support/shell';
import { makeNamespace, removeNamespace } from './support/system';

jest.setTimeout(120_000);

const NAMESPACE = 'matrix-e2e-apply';

/** The objects of a system with as many kinds as the cluster knows, and with amounts that can be written in two ways. */
function manifestOf(): string {
  const chart = new MatrixChart(Testing.app(), 'matrix', {
    namespace: NAMESPACE,
    serverName: 'apply.test',
    publicBaseUrl: 'https://matrix.apply.test',
    size: SystemSize.LARGE,
    postgres: Postgres.inCluster({ synchronousReplication: true, storage: Size.gibibytes(1024) }),
    backups: Backups.to(BackupRepository.claim(), { storage: Size.mebibytes(4 * 1024 ** 2) }),
    edge: {
      entry: Entry.ingress({
        className: 'none',
        controller: Peer.namespace('ingress'),
        tls: EdgeTls.secret('tls'),
        redirectIngress: true,
      }),
    },
  });
  return Yaml.stringify(...chart.toJson());
}

const MANIFEST = manifestOf();

// No pod starts in the namespace: these tests look at what the API server makes of the objects.
beforeAll(async () => {
  await removeNamespace(NAMESPACE);
  await makeNamespace(NAMESPACE);
  await kubectl(['create', 'quota', 'no-pods', '--hard=pods=0', '-n', NAMESPACE]);
  await kubectl(['apply', '-f', '-'], MANIFEST);
});
afterAll(() => removeNamespace(NAMESPACE));

describe('the same objects', () => {
  it('are unchanged when they are applied again', async () => {
    const printed = await kubectl(['apply', '-f', '-'], MANIFEST);
    const changed = printed.split('\n').filter((line) => line && !line.endsWith(' unchanged'));
    // kubectl always sends a budget's selector, and so prints `configured`.
    expect(changed.filter((line) => !line.startsWith('poddisruptionbudget.policy/'))).toEqual([]);
    expect(await tryKubectl(['diff', '-f', '-'], MANIFEST)).toEqual({ code: 0, stdout: '', stderr: '' });
  });

  it('have no conflict with server-side apply, which changes nothing', async () => {
    const { code, stderr } = await tryKubectl(['apply', '--server-side', '-f', '-'], MANIFEST);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(await tryKubectl(['diff', '--server-side', '-f', '-'], MANIFEST)).toMatchObject({ code: 0, stdout: '' });
  });
});

describe('a kustomize overlay with other images', () => {
  const shell = Shell.withoutSystem(NAMESPACE, MANIFEST);

  beforeAll(() =>
    writeFileSync(
      join(shell.folder, 'kustomization.yaml'),
      'resources: [dist/matrix.k8s.yaml]\nimages: [{ name: ghcr.io/element-hq/synapse, newTag: v0 }]\n',
    ),
  );
  afterAll(() => shell.close());

  it('is refused only for the two Jobs, which cannot be changed', async () => {
    const { stderr } = await shell.run('kubectl apply -k .');
    const refused = [...stderr.matchAll(/(\S+) "(\S+)-[0-9a-f]{8}" is invalid: .*(field is immutable)/g)];
    expect(refused.map(([, ...what]) => what)).toEqual(
      ['matrix-accounts', 'matrix-secrets'].map((name) => ['Job.batch', name, 'field is immutable']),
    );
    expect(stderr.match(/^for: /gm)).toHaveLength(2);
  });

  it('is applied by the printed commands', async () => {
    await shell.ok(printedCommands('overlay'));
    const images = await kubectl(['get', 'jobs', '-n', NAMESPACE, '-o', 'jsonpath={..image}']);
    expect(images.split(' ')).toEqual(Array(2).fill(expect.stringMatching(/synapse:v0$/)));
  });
});
