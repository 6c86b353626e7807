import { checkSameDatabase, migrationSettings } from '../../lib/migration/migration-settings';
import { emptyChart, external, synapseIn, systemIn } from '../support/parts';

function parts() {
  const chart = emptyChart();
  const database = external();
  return {
    system: systemIn(chart, { serverName: '[2001:db8::1]:8448', allowIpServerName: true }),
    database,
    homeserver: synapseIn(chart, { database }),
  };
}

it('names the signing key as Synapse does', () => {
  expect(migrationSettings(parts()).signing_key).toBe('2001:db8::1:8448.signing.key');
});

it('has no workload for a database that is managed elsewhere', () => {
  expect(migrationSettings(parts()).database).toBeNull();
});

it('fails when the homeserver writes to another database', () => {
  expect(() => checkSameDatabase(parts())).not.toThrow();
  expect(() => checkSameDatabase({ ...parts(), database: external({ database: 'other' }) })).toThrow(
    'use the database that it writes to',
  );
});
