import { PostgresUpgrade, type PostgresUpgradeProps } from '../../../lib';
import { find, type Manifest } from '../../support/manifests';
import { emptyChart, external, postgresIn, synapseIn, systemIn } from '../../support/parts';

const OLD = 'docker.io/library/postgres:15-alpine';

function rendered(props: Partial<PostgresUpgradeProps> = {}, managed = false) {
  const chart = emptyChart();
  const system = systemIn(chart);
  const database = managed ? external() : postgresIn(chart);
  const homeserver = synapseIn(chart, { database });
  new PostgresUpgrade(chart, 'Upgrade', { system, database, homeserver, oldImage: OLD, ...props });
  const all: Manifest[] = chart.toJson();
  return (kind: string, name = 'matrix-postgres-upgrade') => find(all, kind, name);
}

it('renders an upgrade and its undo as suspended jobs that run once', () => {
  const get = rendered();
  for (const name of ['matrix-postgres-upgrade', 'matrix-postgres-upgrade-undo']) {
    const { spec } = get('CronJob', name);
    expect([spec.suspend, spec.jobTemplate.spec.backoffLimit]).toEqual([true, 0]);
  }
});

it('runs the old server beside the new one, and neither for an undo', () => {
  const get = rendered();
  const starts = (name: string) =>
    get('CronJob', name).spec.jobTemplate.spec.template.spec.initContainers.map((one: Manifest) => [
      one.name,
      one.restartPolicy,
    ]);
  expect(starts('matrix-postgres-upgrade')).toEqual([
    ['stopped', undefined],
    ['old-server', 'Always'],
  ]);
  expect(starts('matrix-postgres-upgrade-undo')).toEqual([['stopped', undefined]]);
});

it('may only look at what could write', () => {
  expect(rendered()('Role').rules.map(({ verbs }: { verbs: string[] }) => verbs)).toEqual([['get'], ['get'], ['list']]);
});

it('has the scripts and the check in one ConfigMap', () => {
  const files = Object.keys(rendered()('ConfigMap').data);
  expect(files).toEqual(expect.arrayContaining(['upgrade.sh', 'old-server.sh', 'facts.sql', 'step_stopped.py']));
});

it('fails for a database that is managed elsewhere or that the homeserver does not use', () => {
  expect(() => rendered({}, true)).toThrow("database at 'db.example.org' is not one of Postgres.inCluster");
  expect(() => rendered({ database: external({ database: 'other' }) })).toThrow('use the database that it writes to');
});

it('fails for an odd user or image', () => {
  expect(() => rendered({ oldUser: '' })).toThrow("oldUser '' is not a valid name");
  expect(() => rendered({ oldUid: 0 })).toThrow('containers must not run as root');
  expect(() => rendered({ oldImage: 'postgres:15 alpine' })).toThrow('postgres:15 alpine');
});
