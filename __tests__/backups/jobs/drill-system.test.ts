import { parse } from 'yaml';
import type { OwnDatabase } from '../../../lib/backups/backup-facts';
import { drillSettings, drillSystem, SIDECARS } from '../../../lib/backups/jobs/drill-system';
import { HomeserverConfig } from '../../../lib/synapse';
import { factsOf } from '../../support/backup-parts';

const { facts } = factsOf();
const own = facts.ownDatabase as OwnDatabase;
const settings = drillSettings(facts, own);

it('its Synapse listens only within the pod, on the restored database and media', () => {
  expect(settings.listeners).toEqual([expect.objectContaining({ port: 8008, bind_addresses: ['127.0.0.1'] })]);
  expect(settings.database).toMatchObject({ args: { host: '127.0.0.1', dbname: 'synapse', user: 'synapse_user' } });
  expect(settings.media_store_path).toBe('/drill/media');
});

it('its Synapse has the signing key of the backup, not that of the cluster', () => {
  const { secretName, key } = facts.homeserver.signingKey;
  expect(settings.signing_key_path).toBe(`/handover/secrets/${secretName}/${key}`);
});

it('its Synapse makes no outgoing connections: no federation, no OIDC providers, no pushes', () => {
  expect(settings).toMatchObject({ federation_domain_whitelist: [], oidc_providers: [], start_pushers: false });
});

it('its Synapse lets the drill log in, also where the system itself has no passwords', () => {
  expect(settings).not.toHaveProperty('password_config');
  const homeserver = { ...facts.homeserver, accountsBlockedBy: 'password_config.enabled: false' };
  expect(drillSettings({ homeserver }, own)).toMatchObject({
    matrix_authentication_service: { enabled: false },
    password_config: { enabled: true },
  });
});

it('its settings are valid for Synapse', () => {
  const { signing_key_path, ...known } = settings;
  expect(() => HomeserverConfig.of({ ...known } as never)).not.toThrow();
  expect(parse(JSON.stringify(settings))).toEqual(settings);
  expect(signing_key_path).toBeDefined();
});

it('recovers first, then runs both servers beside the check', () => {
  expect(drillSystem(facts, own).steps.map(({ name }) => name)).toEqual(['recover', ...SIDECARS]);
});
