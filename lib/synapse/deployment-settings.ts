import type { HomeserverSettings } from '../../imports/homeserver';
import type { IMatrixDatabase } from '../postgres/database';
import { HomeserverConfig } from './config/homeserver-config';
import { callSettings } from './integrations/calls';
import { egressSettings } from './integrations/egress';
import type { Federation } from './integrations/federation';
import { mediaSettings } from './integrations/media';
import { membershipLookupSettings } from './integrations/membership-lookup';
import { moduleSettings } from './integrations/modules';
import { oidcSettings } from './integrations/oidc';
import { turnSettings } from './integrations/turn';
import { mediaBucketSettings } from './media/media-bucket';
import { listener, metricsListener, REPLICATION_PORT, type SynapsePorts } from './ports';
import { DATABASE_CA_FILE } from './secret-files';
import type { MatrixSynapseProps } from './synapse-options';
import { synapseResources } from './synapse-resources';
import type { PlannedWorker } from './workers/worker-plan';
import { workerSettings } from './workers/worker-settings';

/** Folder of the secrets' files. */
export const SECRETS = '/secrets';

/** Folder of homeserver.yaml and the log configuration. */
export const CONFIG = '/config';

/** Connections of Synapse's pool to the database. */
export const POOL = { min: 5, max: 10 };

/**
 * The user's configuration with the settings that follow from the deployment.
 * @throws when the user set a key that follows from a prop, or delegates accounts without the secret that this takes.
 */
export function homeserverConfig(
  props: MatrixSynapseProps,
  ports: Required<SynapsePorts>,
  federation: Federation,
  workers: PlannedWorker[] = [],
): HomeserverConfig {
  const config = props.config ?? HomeserverConfig.recommended();
  const { matrix_rtc, ...besideCalls } = callSettings(props.callServiceUrl, config.settings);
  const ours = {
    server_name: props.system.serverName,
    public_baseurl: `${props.system.publicBaseUrl}/`,
    listeners: [
      listener(ports.client, ['client']),
      listener(ports.federation, federation._resources),
      metricsListener(ports.metrics),
      ...(workers.length > 0 ? [listener(REPLICATION_PORT, ['replication'])] : []),
    ],
    database: database(props.database),
    enable_authenticated_media: !(props.unauthenticatedMedia ?? false),
    modules: moduleSettings(config.settings, federation.enabled),
    ...FIXED,
    ...federation._settings,
    ...oidcSettings(props.oidcProviders ?? [], SECRETS),
    ...turnSettings(props.turn, SECRETS),
    ...mediaBucketSettings(props.media?._bucket),
    ...(matrix_rtc ? { matrix_rtc } : {}),
    ...workerSettings(props.system, workers, SECRETS),
  };
  const derived = {
    ...mediaSettings(synapseResources(props), config.settings),
    ...egressSettings(config.settings),
  };
  const owned = [
    ...Object.keys(ours).filter((key) => key !== 'modules'),
    'signing_key',
    'databases',
    'federation_domain_whitelist',
    'oidc_providers',
    'turn_uris',
    'dynamic_thumbnails',
    'thumbnail_sizes',
  ];
  const taken = Object.keys(config.settings).find((key) => owned.includes(key));
  if (taken) {
    throw new Error(
      `homeserver setting '${taken}' follows from the deployment and cannot be set in config: use the props of MatrixChart ` +
        '(serverName, publicBaseUrl, postgres, secrets, workers, turn, calls) and its synapse (ports, federation, oidcProviders, ' +
        'media, unauthenticatedMedia)',
    );
  }
  const delegation = config.settings.matrix_authentication_service;
  if (delegation?.enabled === true && !delegation.secret_path && !props.secretConfig) {
    throw new Error(
      'matrix_authentication_service.enabled is true, but Synapse refuses to start without the secret of that service: put the whole block ' +
        'matrix_authentication_service, with its secret, into a YAML file in a Secret as well and pass it as secretConfig',
    );
  }
  const lookup = membershipLookupSettings(props.membershipLookup ?? false, config.settings);
  return config.extend(ours).extend(derived).extend(besideCalls).extend(lookup);
}

/** Settings that are the same in every deployment. */
const FIXED: HomeserverSettings = {
  enable_metrics: true,
  // On the claim, because files elsewhere are lost with the pod.
  media_store_path: '/data/media_store',
  log_config: `${CONFIG}/log-config.yaml`,
  pid_file: '/tmp/homeserver.pid',
  signing_key_path: `${SECRETS}/signing.key`,
  registration_shared_secret_path: `${SECRETS}/registration_shared_secret`,
  macaroon_secret_key_path: `${SECRETS}/macaroon_secret_key`,
  form_secret_path: `${SECRETS}/form_secret`,
};

/** The database settings, without the password: that is in the environment, as PGPASSWORD. */
function database(postgres: IMatrixDatabase) {
  const { mode, authority } = postgres.tls;
  return {
    name: 'psycopg2' as const,
    args: {
      user: postgres.user,
      dbname: postgres.database,
      host: postgres.host,
      port: postgres.port,
      sslmode: mode,
      // A pod that poses as the database must not receive the password.
      ...(mode === 'disable' ? { require_auth: 'scram-sha-256' } : {}),
      ...(mode === 'verify-full' ? { sslrootcert: authority ? `${SECRETS}/${DATABASE_CA_FILE}` : 'system' } : {}),
      // Another Synapse recognises this one by the name; see wait_for_database.py.
      application_name: 'synapse',
      cp_min: POOL.min,
      cp_max: POOL.max,
      // A database that vanished with its node is noticed within a minute, also while a query is under way. While a
      // replica takes over, a connection to an address that is gone would hang for 40 seconds.
      connect_timeout: 5,
      tcp_user_timeout: 30_000,
      keepalives_idle: 10,
      keepalives_interval: 10,
      keepalives_count: 3,
    },
  };
}
