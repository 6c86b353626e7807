import type { HomeserverSettings, ListenerResourceSettings } from '../../imports/homeserver';
import type { IMatrixPostgres } from '../postgres/database';
import type { HomeserverConfig } from './config/homeserver-config';
import type { Federation } from './federation';
import { oidcSettings } from './oidc';
import type { OidcProvider } from './oidc-provider';
import type { SynapsePorts } from './ports';
import { type TurnServer, turnSettings } from './turn';

/** Folder of the secrets' files. */
export const SECRETS = '/secrets';

/** Folder of homeserver.yaml and the log configuration. */
export const CONFIG = '/config';

/** Connections of Synapse's pool to the database. */
export const POOL = { min: 5, max: 10 };

/** What homeserver.yaml takes from how the server is deployed. */
export interface Wiring {
  readonly serverName: string;
  readonly publicBaseUrl: string;
  readonly postgres: IMatrixPostgres;
  readonly ports: Required<SynapsePorts>;
  readonly federation: Federation;
  readonly oidcProviders: OidcProvider[];
  readonly turn?: TurnServer;
  readonly unauthenticatedMedia: boolean;
}

/**
 * The user's configuration with what follows from the deployment.
 *
 * @throws when the user set a key that belongs to a prop.
 */
export function wired(config: HomeserverConfig, wiring: Wiring): HomeserverConfig {
  const ours = wiredSettings(wiring);
  const owned = [
    ...Object.keys(ours),
    'signing_key',
    'databases',
    'federation_domain_whitelist',
    'oidc_providers',
    'turn_uris',
  ];
  const taken = Object.keys(config.settings).find((key) => owned.includes(key));
  if (taken) {
    throw new Error(
      `homeserver setting '${taken}' follows from how Synapse is deployed and cannot be set by hand: use the prop of MatrixSynapse or MatrixChart ` +
        `(serverName, publicBaseUrl, postgres, secrets, ports, federation, oidcProviders, turn, unauthenticatedMedia)`,
    );
  }
  return config.extend(ours);
}

function wiredSettings(wiring: Wiring): HomeserverSettings {
  return {
    server_name: wiring.serverName,
    public_baseurl: `${wiring.publicBaseUrl}/`,
    listeners: [
      listener(wiring.ports.client, ['client']),
      listener(wiring.ports.federation, wiring.federation.resources),
      { port: wiring.ports.metrics, type: 'metrics', bind_addresses: ['0.0.0.0'] },
    ],
    enable_metrics: true,
    database: database(wiring.postgres),
    // On the claim: what lies elsewhere is gone with the pod.
    media_store_path: '/data/media_store',
    enable_authenticated_media: !wiring.unauthenticatedMedia,
    log_config: `${CONFIG}/log-config.yaml`,
    pid_file: '/tmp/homeserver.pid',
    signing_key_path: `${SECRETS}/signing.key`,
    registration_shared_secret_path: `${SECRETS}/registration_shared_secret`,
    macaroon_secret_key_path: `${SECRETS}/macaroon_secret_key`,
    form_secret_path: `${SECRETS}/form_secret`,
    ...wiring.federation.settings,
    ...oidcSettings(wiring.oidcProviders, SECRETS),
    ...turnSettings(wiring.turn, SECRETS),
  };
}

function listener(port: number, names: ListenerResourceSettings['names']) {
  return {
    port,
    type: 'http' as const,
    tls: false,
    x_forwarded: true,
    // IPv4 alone: with '::' as well Synapse does not start where IPv6 is off.
    bind_addresses: ['0.0.0.0'],
    resources: [{ names, compress: false }],
  };
}

/** The password comes in the environment, as PGPASSWORD. */
function database(postgres: IMatrixPostgres) {
  const { mode, authority } = postgres.tls;
  return {
    name: 'psycopg2' as const,
    args: {
      user: postgres.user,
      dbname: postgres.database,
      host: postgres.host,
      port: postgres.port,
      sslmode: mode,
      // A pod that poses as the database must not be told the password.
      ...(mode === 'disable' ? { require_auth: 'scram-sha-256' } : {}),
      ...(mode === 'verify-full' ? { sslrootcert: authority ? `${SECRETS}/database-ca.crt` : 'system' } : {}),
      // By which another Synapse sees that this one is there; see wait-for-database.py.
      application_name: 'synapse',
      cp_min: POOL.min,
      cp_max: POOL.max,
      // A database that vanished with its node is noticed within a minute.
      keepalives_idle: 10,
      keepalives_interval: 10,
      keepalives_count: 3,
    },
  };
}
