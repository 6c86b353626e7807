import { Size, Testing } from 'cdk8s';
import { Cpu } from 'cdk8s-plus-27';
import { Accounts, Backups, Discovery, type MatrixChartProps, Postgres, Secrets, SystemSize } from '../lib';
import { containersOf, type Manifest, workloadsOf } from './support/manifests';
import { amountOf } from './support/quantities';
import { chartOf, REPOSITORY } from './support/systems';

/** Every container of a system: `workload: container`. */
function containersIn(props: Partial<MatrixChartProps>): [name: string, container: Manifest][] {
  return workloadsOf(Testing.synth(chartOf(props))).flatMap(({ key, template }) =>
    containersOf(template).map((one): [string, Manifest] => [`${key.replace(/-[0-9a-f]{8}$/, '')}: ${one.name}`, one]),
  );
}

const resources = { cpu: Cpu.millis(777), memory: Size.mebibytes(777), memoryLimit: Size.mebibytes(7777) };

it('takes the resources of every part', () => {
  const set = containersIn({
    postgres: Postgres.inCluster({ resources, synchronousReplication: true, receiverResources: resources }),
    synapse: { resources },
    edge: { resources },
    discovery: Discovery.served({ resources }),
    accounts: Accounts.managed({ resources }),
    secrets: Secrets.generated({ resources }),
    backups: Backups.to(REPOSITORY, { agentResources: resources, jobResources: resources }),
  });
  const others = set.filter(([, one]) => one.resources.requests.cpu !== '777m').map(([name]) => name);
  // Short or small helpers, for which `limits` of all pods is enough. Those that run PostgreSQL have the database's limit.
  expect(others).toEqual([
    'StatefulSet matrix-postgres: folders',
    'StatefulSet matrix-postgres: roles',
    'CronJob matrix-restore-drill: recover',
    'CronJob matrix-restore-drill: postgres',
    'CronJob matrix-restore-drill: synapse',
    'CronJob matrix-restore: database',
  ]);
});

it.each(Object.values(SystemSize))('keeps every container within the bounds of all pods: %s', (size) => {
  const limits = {
    cpuLimitRatio: 4,
    maxMemoryRatio: 2,
    maxStorageRatio: 3,
    minCpu: Cpu.millis(50),
    minMemory: Size.mebibytes(64),
  };
  const all = containersIn({ size, pods: { limits }, postgres: Postgres.inCluster({ synchronousReplication: true }) });
  expect(all.length).toBeGreaterThan(30);
  for (const [name, { resources: own }] of all) {
    const amount = (kind: string, resource: string) => amountOf(own[kind][resource]);
    const ratio = (resource: string) => amount('limits', resource) / amount('requests', resource);
    expect([name, ratio('cpu') <= 4, ratio('memory') <= 2, ratio('ephemeral-storage') <= 3]).toEqual([
      name,
      true,
      true,
      true,
    ]);
    expect([name, amount('requests', 'cpu') >= 0.05, amount('requests', 'memory') >= 64 * 2 ** 20]).toEqual([
      name,
      true,
      true,
    ]);
  }
});
