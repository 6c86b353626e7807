import { Chart, Testing } from 'cdk8s';
import { Construct } from 'constructs';
import { MatrixChart, type MatrixChartProps, MatrixSecrets, patchField } from '../../lib';
import { claimDatabase } from '../../lib/synapse/one-writer';
import { emptyChart, external, postgresIn, synapseIn } from '../support/parts';
import { chartOf, DEFAULT, EXISTING_SECRETS } from '../support/systems';

const CORRUPTS = 'would write to the same database';

it('one database has one Synapse, whatever chart it is in', () => {
  const app = Testing.app();
  const [one, two] = ['one', 'two'].map((id) => new Construct(app, id));
  claimDatabase(one, 'db:5432/synapse');
  expect(() => claimDatabase(two, 'db:5432/other')).not.toThrow();
  expect(() => claimDatabase(two, 'db:5432/synapse')).toThrow(
    `Synapse at two and at one ${CORRUPTS} 'db:5432/synapse', which corrupts it: give each its own MatrixPostgres`,
  );
});

it('another app is another system', () => {
  const claim = () => claimDatabase(new Construct(Testing.app(), 'synapse'), 'db:5432/synapse');
  claim();
  expect(claim).not.toThrow();
});

it('fails when two Synapses of one chart share a database in the cluster', () => {
  const chart = emptyChart();
  const postgres = postgresIn(chart);
  synapseIn(chart, { postgres }, 'One');
  expect(() => synapseIn(chart, { postgres, namePrefix: 'two-' }, 'Two')).toThrow(CORRUPTS);
});

it.each<[string, object, object, boolean]>([
  ['two descriptions of one database', {}, { port: 5432, database: 'synapse', user: 'second' }, true],
  ['two databases of one server', {}, { database: 'second' }, false],
  ['two ports of one host', {}, { port: 5433 }, false],
  ['two hosts', {}, { host: 'other.example.org' }, false],
])('two charts on %s', (_, first, second, refused) => {
  const app = Testing.app();
  const secrets = MatrixSecrets.existing(EXISTING_SECRETS);
  const system = (id: string, props: object) =>
    new MatrixChart(app, id, { ...DEFAULT, namespace: id, secrets, postgres: external(props) });
  system('one', first);
  const make = () => system('two', second);
  refused ? expect(make).toThrow(CORRUPTS) : expect(make).not.toThrow();
});

it('fails when one external database is handed to two charts', () => {
  const app = Testing.app();
  const props: MatrixChartProps = { ...DEFAULT, postgres: external() };
  new MatrixChart(app, 'one', { ...props, namespace: 'one' });
  expect(() => new MatrixChart(app, 'two', { ...props, namespace: 'two' })).toThrow(
    "give each its own MatrixPostgres, or another 'database' on the external server",
  );
});

describe('one process', () => {
  const patched = (kind: string, name: string, pointer: string, value: unknown) => {
    const chart = chartOf();
    patchField(chart, kind, name, pointer, value);
    return () => Testing.synth(chart);
  };

  it.each<[string, string, unknown, string]>([
    ['a second replica', '/spec/replicas', 2, '2 replicas and strategy Recreate'],
    ['a rolling update', '/spec/strategy', { type: 'RollingUpdate' }, '1 replicas and strategy RollingUpdate'],
    ['a strategy that is left to Kubernetes', '/spec/strategy', {}, 'strategy undefined'],
  ])('fails when a patch makes %s', (_, pointer, value, message) => {
    const synth = patched('Deployment', 'matrix-synapse', pointer, value);
    expect(synth).toThrow("Deployment 'matrix-synapse' in caritas has");
    expect(synth).toThrow(message);
    expect(synth).toThrow('leave 1 and Recreate, and scale by workers');
  });

  it('may be none, while it is away', () => {
    expect(patched('Deployment', 'matrix-synapse', '/spec/replicas', 0)).not.toThrow();
  });

  it('may be patched elsewhere', () => {
    expect(patched('Deployment', 'matrix-synapse', '/spec/template/spec/priorityClassName', 'high')).not.toThrow();
    expect(patched('Deployment', 'matrix-discovery', '/spec/replicas', 5)).not.toThrow();
  });

  it.failing('of PostgreSQL: fails when a patch makes a second on the same files', () => {
    expect(patched('StatefulSet', 'matrix-postgres', '/spec/replicas', 2)).toThrow("StatefulSet 'matrix-postgres'");
  });
});

it.failing('two parts of one name fail in a chart of your own, as in MatrixChart', () => {
  const chart = new Chart(Testing.app(), 'chart', { namespace: 'caritas' });
  synapseIn(chart, { postgres: external() }, 'One');
  synapseIn(chart, { postgres: external({ database: 'second' }) }, 'Two');
  expect(() => Testing.synth(chart)).toThrow('is made twice');
});
