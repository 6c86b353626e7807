import { parse } from 'yaml';
import type { OwnDatabase } from '../../../../lib/backups/backup-facts';
import { drillSettings, IN_POD } from '../../../../lib/backups/jobs/drill/drill-synapse';
import { HomeserverConfig } from '../../../../lib/synapse';
import { factsOf } from '../../../support/backup-parts';

const { facts } = factsOf();
const { server } = facts.ownDatabase as OwnDatabase;
const settings = drillSettings(facts, server, IN_POD);

it('its Synapse listens only within the pod, on the restored database and media', () => {
  expect(settings.listeners).toEqual([expect.objectContaining({ port: 8008, bind_addresses: ['127.0.0.1'] })]);
  expect(settings.database).toMatchObject({ args: { host: '127.0.0.1', dbname: 'synapse', user: 'synapse_user' } });
  expect(settings.media_store_path).toBe('/drill/media');
});

it('its Synapse makes no outgoing connections: no federation, no OIDC providers, no pushes', () => {
  expect(settings).toMatchObject({ federation_domain_whitelist: [], oidc_providers: [], start_pushers: false });
});

it('its Synapse lets the drill log in, also where the system itself has no passwords', () => {
  expect(settings).not.toHaveProperty('password_config');
  const homeserver = { ...facts.homeserver, accountsBlockedBy: 'password_config.enabled: false' };
  expect(drillSettings({ homeserver }, server, IN_POD)).toMatchObject({
    matrix_authentication_service: { enabled: false },
    password_config: { enabled: true },
  });
});

it('its settings are valid for Synapse', () => {
  expect(() => HomeserverConfig.of({ ...settings } as never)).not.toThrow();
  expect(parse(JSON.stringify(settings))).toEqual(settings);
});
