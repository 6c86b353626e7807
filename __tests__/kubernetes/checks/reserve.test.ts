import { Testing } from 'cdk8s';
import { Construct } from 'constructs';
import { MatrixChart, type MatrixChartProps, MatrixSecrets } from '../../../lib';
import { claimForOne } from '../../../lib/kubernetes/checks/reserve';
import { emptyChart, external, postgresIn, synapseIn } from '../../support/parts';
import { DEFAULT, EXISTING_SECRETS } from '../../support/systems';

const CORRUPTS = 'would write to the same database';
const claim = (one: Construct, database: string) => claimForOne(one, `database '${database}'`, 'give each its own');

it('one thing has one writer, whatever chart it is in', () => {
  const app = Testing.app();
  const [one, two] = ['one', 'two'].map((id) => new Construct(app, id));
  claim(one, 'db:5432/synapse');
  expect(() => claim(two, 'db:5432/other')).not.toThrow();
  expect(() => claim(two, 'db:5432/synapse')).toThrow(
    `one and two ${CORRUPTS} 'db:5432/synapse', which corrupts it: give each its own`,
  );
});

it('another app is another system', () => {
  const elsewhere = () => claim(new Construct(Testing.app(), 'synapse'), 'db:5432/synapse');
  elsewhere();
  expect(elsewhere).not.toThrow();
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
