import { type App, Chart, Testing } from 'cdk8s';
import { Construct } from 'constructs';
import { reserve } from '../../../lib/kubernetes/checks/reserve';
import { emptyChart, external, postgresIn, synapseIn, systemIn } from '../../support/parts';

const reserveDatabase = (one: Construct, database: string) =>
  reserve(one, `database '${database}'`, 'give each its own');

it('refuses a second writer of one resource in any chart', () => {
  const app = Testing.app();
  const [one, two] = ['one', 'two'].map((id) => new Construct(app, id));
  reserveDatabase(one, 'db:5432/synapse');
  expect(() => reserveDatabase(two, 'db:5432/other')).not.toThrow();
  expect(() => reserveDatabase(two, 'db:5432/synapse')).toThrow(
    /one and two .* database 'db:5432\/synapse'.*: give each its own$/,
  );
});

it('accepts the same resource in another app', () => {
  const elsewhere = () => reserveDatabase(new Construct(Testing.app(), 'synapse'), 'db:5432/synapse');
  elsewhere();
  expect(elsewhere).not.toThrow();
});

it('refuses two Synapses of one chart on one database in the cluster', () => {
  const chart = emptyChart();
  const database = postgresIn(chart);
  synapseIn(chart, { database }, 'One');
  const second = systemIn(chart, { namePrefix: 'two-' });
  expect(() => synapseIn(chart, { database, system: second }, 'Two')).toThrow(
    `chart/One and chart/Two would write to the same database 'chart/Postgres/synapse'`,
  );
});

it.each<[string, object, object, boolean]>([
  ['one database, described twice', {}, { port: 5432, database: 'synapse', user: 'second' }, true],
  ['two databases of one server', {}, { database: 'second' }, false],
  ['two ports of one host', {}, { port: 5433 }, false],
  ['two hosts', {}, { host: 'other.example.org' }, false],
])('two Synapses in two charts on %s', (_, first, second, refused) => {
  const app = Testing.app();
  const synapse = (namespace: string, props: object) =>
    synapseIn(new Chart(app, namespace, { namespace }), { database: external(props) });
  synapse('one', first);
  const make = () => synapse('two', second);
  refused ? expect(make).toThrow("give each its own 'database'") : expect(make).not.toThrow();
});

it('refuses one external database that two charts share', () => {
  const app: App = Testing.app();
  const database = external();
  synapseIn(new Chart(app, 'one', { namespace: 'one' }), { database });
  expect(() => synapseIn(new Chart(app, 'two', { namespace: 'two' }), { database })).toThrow(
    'or its own MatrixPostgres',
  );
});
