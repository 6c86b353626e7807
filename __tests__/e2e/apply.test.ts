import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Size, Testing, Yaml } from 'cdk8s';
import { Cpu } from 'cdk8s-plus-27';
import { parseAllDocuments } from 'yaml';
import {
  BackupRepository,
  Backups,
  EdgeTls,
  Entry,
  MatrixChart,
  type MatrixChartProps,
  Peer,
  Postgres,
  SystemSize,
} from '../../lib';
import { workloadsOf } from '../support/manifests';
import { atNight } from './support/at-night';
import { eventually, kubectl, tryKubectl } from './support/kubectl';
import { printedCommands } from './support/printed-commands';
import { Shell } from './support/shell';
import { makeNamespace, removeNamespace } from './support/system';

jest.setTimeout(120_000);

const NAMESPACE = 'matrix-e2e-apply';

/** The objects of a system with as many kinds as the cluster knows, and with amounts that can be written in two ways. */
function manifestOf(props: Partial<MatrixChartProps> = {}): string {
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
    ...props,
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
  // The suite `rollout` asks for that too.
  atNight.it('are unchanged when they are applied again', async () => {
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

describe('a namespace with a ResourceQuota and a LimitRange', () => {
  const BOUNDED = 'matrix-e2e-bounded';
  const limits = {
    cpuLimitRatio: 4,
    maxMemoryRatio: 2,
    maxStorageRatio: 3,
    minCpu: Cpu.millis(50),
    minMemory: Size.mebibytes(64),
  };
  const POLICIES = [
    {
      apiVersion: 'v1',
      kind: 'ResourceQuota',
      metadata: { name: 'team' },
      spec: {
        hard: { 'limits.cpu': '100', 'requests.cpu': '50', 'limits.memory': '200Gi', 'requests.memory': '100Gi' },
      },
    },
    {
      apiVersion: 'v1',
      kind: 'LimitRange',
      metadata: { name: 'team' },
      spec: {
        limits: [
          {
            type: 'Container',
            min: { cpu: '50m', memory: '64Mi' },
            maxLimitRequestRatio: { cpu: '4', memory: '2', 'ephemeral-storage': '3' },
          },
        ],
      },
    },
  ];

  /** What the API server says to a pod of each template. */
  const refusals = async (pods: MatrixChartProps['pods']): Promise<string[]> => {
    const items = workloadsOf(parseAllDocuments(manifestOf({ pods })).map((one) => one.toJS())).map(
      ({ template: { spec } }, index) => {
        const { serviceAccountName, priorityClassName, ...rest } = spec;
        return { apiVersion: 'v1', kind: 'Pod', metadata: { name: `pod-${index}` }, spec: rest };
      },
    );
    const list = JSON.stringify({ apiVersion: 'v1', kind: 'List', items });
    const { stderr } = await tryKubectl(['create', '--dry-run=server', '-n', BOUNDED, '-f', '-'], list);
    return stderr.split('\n').filter(Boolean);
  };

  beforeAll(async () => {
    await removeNamespace(BOUNDED);
    await makeNamespace(BOUNDED, { 'pod-security.kubernetes.io/enforce': 'restricted' });
    for (const policy of POLICIES) {
      await kubectl(['create', '-n', BOUNDED, '-f', '-'], JSON.stringify(policy));
    }
    // The quota controller first counts what is there; until then, nothing may be created.
    await eventually('the quota is counted', 30, async () => {
      const used = await kubectl(['get', 'quota', 'team', '-n', BOUNDED, '-o', 'jsonpath={.status.used}']);
      return used.includes('limits.cpu');
    });
  });
  afterAll(() => removeNamespace(BOUNDED));

  it('refuses the pods of a system without bounds', async () => {
    const refused = await refusals(undefined);
    expect(refused.length).toBeGreaterThan(15);
    for (const reason of ['no limit is specified', 'max limit to request ratio', 'minimum cpu', 'minimum memory']) {
      expect(refused.join()).toContain(reason);
    }
  });

  it('accepts every pod of a system with its bounds', async () => {
    expect(await refusals({ limits })).toEqual([]);
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
