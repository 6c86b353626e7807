import { Testing } from 'cdk8s';
import { parse } from 'yaml';
import { BACKED_UP_BY_OPERATOR, backedUp } from '../../../support/backup-parts';
import { refusals } from '../../../support/schemas';

const FILES = ['drill.yaml', 'drill-cluster.json'];
const rendered = (...given: Parameters<typeof backedUp>) => {
  const { data } = backedUp(...given).get('ConfigMap', 'matrix-backup-script');
  return FILES.map((name): string | undefined => data[name]);
};

it('has settings only where a database is restored, and a cluster only where its operator does that', () => {
  const there = (...given: Parameters<typeof backedUp>) => rendered(...given).map((text) => text !== undefined);
  expect(there()).toEqual([true, false]);
  expect(there({ managed: true })).toEqual([false, false]);
  expect(there({ replicated: {} })).toEqual([false, false]);
  expect(there({ replicated: BACKED_UP_BY_OPERATOR })).toEqual([true, true]);
});

it('has a Synapse that verifies the restored database, and has no password in its settings', () => {
  const [settings] = rendered({ replicated: BACKED_UP_BY_OPERATOR });
  expect(parse(`${settings}`).database.args).toEqual({
    host: 'matrix-database-drill-rw',
    port: 5432,
    dbname: 'synapse',
    user: 'synapse_user',
    passfile: '/connection/passfile',
    sslmode: 'verify-full',
    sslrootcert: '/connection/ca.crt',
    cp_max: 5,
  });
});

it('has a cluster that the operator takes, with the connections of all clients', () => {
  const [, text] = rendered({ replicated: BACKED_UP_BY_OPERATOR });
  const cluster = JSON.parse(`${text}`);
  expect(refusals(cluster)).toEqual([]);
  const system = backedUp({ replicated: BACKED_UP_BY_OPERATOR });
  const running = system.get('Cluster', 'matrix-database').spec.postgresql.parameters;
  expect(cluster.spec.postgresql.parameters).toEqual({ ...running, event_triggers: 'off' });
  expect(Testing.synth(system.chart)).toHaveLength(system.manifests.length);
});
