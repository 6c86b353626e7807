import { parseAllDocuments } from 'yaml';
import { atNight, CORE } from './support/at-night';
import { tryKubectl } from './support/kubectl';
import { Poller } from './support/poller';
import { startClient } from './support/probe-pod';
import { Shell } from './support/shell';
import { makeNamespace, removeNamespace, System } from './support/system';
import { type Changes, changedSystem } from './support/system-chart';

jest.setTimeout(180_000);

/** Fields of any object that these tests compare. */
interface KubernetesObject {
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly uid: string;
    readonly resourceVersion: string;
    readonly labels: { [key: string]: string };
    readonly deletionTimestamp?: string;
  };
  readonly spec: { template?: { spec: object }; jobTemplate?: { spec: { template: { spec: object } } } };
  readonly status: { containerStatuses?: { restartCount: number }[] };
}

/** PodSecurity labels of a namespace, which also warn about each object whose pods would be refused. */
const RESTRICTED = {
  'pod-security.kubernetes.io/enforce': 'restricted',
  'pod-security.kubernetes.io/warn': 'restricted',
};

/** What an operator stops for a restore. */
const SCALED = ['deployment/matrix-synapse', 'statefulset/matrix-postgres'];
/** Further ways to replace pods: the name, and the commands of kubectl. */
const MORE: [string, ...string[][]][] = [
  ['a restart of everything', ['rollout', 'restart', 'deployment,statefulset']],
  ['the loss of all pods', ['delete', 'pods', '-l', 'app!=userservice']],
  ['a stop, as for a restore', ['scale', ...SCALED, '--replicas=0'], ['scale', ...SCALED, '--replicas=1']],
];

describe('applying the manifest', () => {
  let system: System;

  const apply = (manifest: string) => system.kubectl(['apply', '-f', '-'], manifest);
  const get = async (...what: string[]): Promise<KubernetesObject[]> =>
    JSON.parse(await system.kubectl(['get', '-o', 'json', ...what])).items;
  /** The pods of each long-running workload, with the restarts of their containers. */
  const pods = async (): Promise<{ [app: string]: string[] }> => {
    const all: { [app: string]: string[] } = {};
    for (const { metadata, status } of await get('pods', '--sort-by=.metadata.labels.app')) {
      if (!metadata.deletionTimestamp) {
        const restarts = status.containerStatuses?.map(({ restartCount }) => restartCount);
        all[metadata.labels.app] = [...(all[metadata.labels.app] ?? []), `${metadata.uid} ${restarts}`].sort();
      }
    }
    return all;
  };

  let poller: Poller | undefined;
  let ready: number;

  beforeAll(async () => {
    system = await System.install('rollout', async (namespace) => {
      await startClient(namespace);
      poller = new Poller(namespace, 'client', 'http://matrix-synapse-admin:8008/_matrix/client/versions');
    });
    ready = Date.now();
  }, 400_000);
  afterAll(async () => {
    poller?.stop();
    await system?.remove();
  });

  describe('answers every request half a second after all workloads are ready:', () => {
    /** Milliseconds after which the last request was asked that did not get 200, but for those with such an error. */
    const lastFailure = async (what: string, seconds = 6, except?: RegExp): Promise<number> => {
      const answers = (await poller?.since(ready, seconds)) ?? [];
      expect(answers.length).toBeGreaterThan(10);
      const failed = answers
        .filter(({ status, why }) => status !== 200 && !except?.test(why))
        .map(({ began, status, why }) => ({ began: began - ready, what: `${status} ${why}`.trim() }));
      console.log(
        `rollout: ${what}: ${failed.length} of ${answers.length} failed (${[...new Set(failed.map((one) => one.what))]}), the last after ${failed.at(-1)?.began ?? 0} ms`,
      );
      return failed.at(-1)?.began ?? 0;
    };

    it('the first start', async () => {
      // A busy node learns late of the new Services and policies, and refuses until then; the restarts below are without that.
      expect(await lastFailure('first start', 15, /No route to host/)).toBeLessThan(10_000);
    });

    it.each<[string, ...string[][]]>([
      ['a restart of Synapse', ['rollout', 'restart', 'deployment/matrix-synapse']],
      ...(CORE ? [] : MORE),
    ])(
      '%s',
      async (what, ...commands) => {
        const found: number[] = [];
        // The parts of a busy cluster are slow themselves, so the best of three counts.
        while (found.length < 3 && !found.some((milliseconds) => milliseconds < 500)) {
          for (const command of commands) {
            await system.kubectl(command);
          }
          await system.rolledOut();
          ready = Date.now();
          found.push(await lastFailure(what));
        }
        expect(Math.min(...found)).toBeLessThan(500);
      },
      600_000,
    );
  });

  describe('without a change', () => {
    it('does not change any object or pod', async () => {
      const kinds = [...new Set(parseAllDocuments(system.manifest).map((document) => document.toJS().kind))].join();
      // The cluster may change its own fields at any time; the fields that we apply must stay.
      const contents = async () =>
        (await get(kinds)).map(({ status, metadata: { resourceVersion, ...metadata }, ...rest }) => ({
          metadata,
          ...rest,
        }));
      const before = { contents: await contents(), pods: await pods() };
      const printed = await apply(system.manifest);
      expect({ contents: await contents(), pods: await pods() }).toEqual(before);
      // kubectl always sends a budget's selector, and so prints `configured`; the checks above show that it is the same.
      const changed = printed
        .trim()
        .split('\n')
        .filter((line) => !line.endsWith(' unchanged'));
      const budgets = ['discovery', 'edge'].map((part) => `poddisruptionbudget.policy/matrix-${part} configured`);
      expect(changed).toEqual(budgets);
    });

    it('has an empty kubectl diff', async () => {
      expect(await tryKubectl(['diff', '-f', '-'], system.manifest)).toEqual({ code: 0, stdout: '', stderr: '' });
    });
  });

  describe('restarts only the pods that read a change:', () => {
    let changes: Changes = {};

    const rolled = async (change: Changes): Promise<string[]> => {
      changes = { ...changes, ...change };
      const before = await pods();
      await apply(changedSystem(system.namespace, changes));
      await system.ready();
      const after = await pods();
      expect(Object.keys(after)).toEqual(Object.keys(before));
      return Object.keys(after).filter((app) => after[app].join() !== before[app].join());
    };

    it('none without a change', async () => {
      expect(await rolled({})).toEqual([]);
    });

    it('a setting of the homeserver', async () => {
      expect(await rolled({ homeserver: { max_upload_size: '49M' } })).toEqual(['matrix-edge', 'matrix-synapse']);
      expect(await system.exec('deployment/matrix-synapse', 'cat', '/config/homeserver.yaml')).toContain('49M');
    });

    atNight.it('a parameter of PostgreSQL', async () => {
      expect(await rolled({ postgres: { checkpoint_timeout: '7min' } })).toEqual(['matrix-postgres']);
      expect(await system.sql('SHOW checkpoint_timeout')).toBe('7min');
    });

    it('a document of discovery', async () => {
      expect(await rolled({ clientDocument: { 'org.example.new': true } })).toEqual(['matrix-discovery']);
      const shell = await Shell.open(system);
      expect(await shell.ok('curl http://<HOST>/.well-known/matrix/client')).toContain('org.example.new');
      shell.close();
    });
  });

  describe('in a namespace that admits only restricted pods', () => {
    const place = 'matrix-e2e-rollout-warned';

    beforeAll(() => makeNamespace(place, RESTRICTED));
    afterAll(() => removeNamespace(place));

    const applied = (manifest: string) => tryKubectl(['apply', '--dry-run=server', '-n', place, '-f', '-'], manifest);

    it('gives no warning', async () => {
      const { code, stderr } = await applied(changedSystem(place, {}));
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    });

    atNight.it('would give a warning for a pod that is not restricted', async () => {
      const manifest = changedSystem(place, {}).replaceAll('allowPrivilegeEscalation: false', '');
      expect((await applied(manifest)).stderr).toMatch(/Warning: would violate PodSecurity "restricted:latest"/);
    });

    it('admits every pod of the system, also those of CronJobs', async () => {
      const workloads = await get('deployments,statefulsets,jobs,cronjobs');
      const admitted = await Promise.all(
        workloads.map(async ({ kind, metadata, spec }) => {
          const template = spec.template ?? spec.jobTemplate?.spec.template;
          const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'probe' }, spec: template?.spec };
          const { code, stderr } = await tryKubectl(
            ['create', '--dry-run=server', '-n', system.namespace, '-f', '-'],
            JSON.stringify(pod),
          );
          return { workload: `${kind} ${metadata.name}`, code, stderr };
        }),
      );
      expect(admitted.map(({ workload }) => workload)).toEqual(
        expect.arrayContaining(['CronJob matrix-backup', 'CronJob matrix-restore']),
      );
      expect(admitted.filter(({ code, stderr }) => code !== 0 || stderr)).toEqual([]);
    });
  });
});
