import { Scaling, SqliteMigration, type SqliteMigrationProps, Workers } from '../../lib';
import { find, type Manifest } from '../support/manifests';
import { emptyChart, external, postgresIn, synapseIn, systemIn } from '../support/parts';

function rendered(props: Partial<SqliteMigrationProps> = {}, managed = false, namePrefix = '') {
  const chart = emptyChart();
  const system = systemIn(chart, { namePrefix });
  const database = managed ? external() : postgresIn(chart);
  const homeserver = synapseIn(chart, { database });
  new SqliteMigration(chart, 'Migration', { system, database, homeserver, ...props });
  const all: Manifest[] = chart.toJson();
  const get = (kind: string, name = `${namePrefix}matrix-migration`) => find(all, kind, name);
  const jobs = all.filter(({ kind, metadata }) => kind === 'CronJob' && metadata.name.includes('-migration-'));
  return { get, jobs, settings: JSON.parse(get('ConfigMap').data['settings.json']) };
}

const names = (jobs: Manifest[]) => jobs.map(({ metadata }) => metadata.name.replace('matrix-migration-', ''));

it('renders the steps as suspended jobs that run once', () => {
  const { jobs } = rendered();
  expect(names(jobs)).toEqual(['preflight', 'copy', 'update', 'port', 'compare', 'back', 'postgres']);
  for (const { spec } of jobs) {
    expect(spec.suspend).toBe(true);
    expect(spec.jobTemplate.spec.backoffLimit).toBe(0);
  }
});

it('has all objects under one label, to apply and delete them by', () => {
  const { get, jobs } = rendered();
  const objects = [
    ...jobs,
    ...['ConfigMap', 'NetworkPolicy', 'ServiceAccount', 'Role', 'RoleBinding'].map((kind) => get(kind)),
  ];
  expect(objects.map(({ metadata }) => metadata.labels.app)).toEqual(objects.map(() => 'matrix-migration'));
});

it('may only look at what could write', () => {
  expect(rendered().get('Role').rules).toEqual([
    { apiGroups: ['apps'], resources: ['deployments'], resourceNames: ['matrix-synapse'], verbs: ['get'] },
    { apiGroups: ['apps'], resources: ['statefulsets'], resourceNames: ['matrix-postgres'], verbs: ['get'] },
    { apiGroups: [''], resources: ['pods'], verbs: ['list'] },
  ]);
});

it('keeps Synapse from starting on an empty database', () => {
  expect(rendered().get('ConfigMap', 'matrix-homeserver-oidc').data['awaits-move']).toBe('');
});

it('has no step for a PostgreSQL that is managed elsewhere', () => {
  const { jobs, settings, get } = rendered({}, true);
  expect(names(jobs)).toEqual(['preflight', 'copy', 'update', 'port', 'compare', 'back']);
  expect(settings.database).toBeNull();
  expect(get('Role').rules).toHaveLength(2);
});

it('knows the files and names of the old server', () => {
  expect(rendered().settings).toEqual({
    server_name: 'example.org',
    synapse: 'matrix-synapse',
    database: 'matrix-postgres',
    sqlite: 'homeserver.db',
    signing_key: 'example.org.signing.key',
    media_store: 'media_store',
    signing_key_secret: expect.any(String),
    prefix: '',
  });
  const { settings } = rendered({ sqlite: 'synapse.db', signingKey: 'old.key' }, false, 'second-');
  expect(settings).toMatchObject({ sqlite: 'synapse.db', signing_key: 'old.key', synapse: 'second-matrix-synapse' });
});

it('fails for a path or a database that the homeserver does not write to', () => {
  expect(() => rendered({ sqlite: '../homeserver.db' })).toThrow("sqlite '../homeserver.db' is not the name of a file");
  expect(() => rendered({ database: external({ database: 'other' }) })).toThrow('use the database that it writes to');
});

it('fails beside workers, which would start in the middle of the move', () => {
  const chart = emptyChart();
  const database = external();
  const homeserver = synapseIn(chart, { database, workers: Workers.of({ sync: Scaling.fixed(1) }) });
  const props = { system: systemIn(chart), database, homeserver };
  expect(() => new SqliteMigration(chart, 'Migration', props)).toThrow('use Workers.none() until the move is done');
});
