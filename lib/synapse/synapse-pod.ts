import { k8s } from '../kubernetes/k8s';
import type { ISecretKey } from '../kubernetes/secret-key';
import { restartOnChange, WATCHED, watchedVolume } from '../kubernetes/workloads/restart-on-change';
import {
  claimVolume,
  configVolume,
  NAMESPACE_ENV,
  scratch,
  secretEnv,
  secretsVolume,
} from '../kubernetes/workloads/volumes';
import type { IMatrixDatabase } from '../postgres/database';
import { SYNAPSE_IMAGE } from '../python/synapse-image';
import type { System } from '../system';
import { CONFIG, SECRETS } from './deployment-settings';
import type { IMatrixHomeserver } from './homeserver';
import type { SynapsePorts } from './ports';
import { AUTHORITIES_FILE, OLD_SIGNING_KEYS, OLD_SIGNING_KEYS_FILE, SECRET_CONFIG_FILE } from './secret-files';
import { epochGuard, NOTE_AT_THE_END } from './start/epoch-guard';
import type { SynapseOptions } from './synapse-options';
import { synapseResources } from './synapse-resources';

/** The pod of Synapse's only process, which first waits for the database and checks that it is as Synapse left it. */
export function synapsePod(
  homeserver: IMatrixHomeserver,
  { system, database, ...options }: SynapseOptions & { readonly system: System; readonly database: IMatrixDatabase },
  ports: Required<SynapsePorts>,
  affinity: k8s.Affinity,
): k8s.PodSpec {
  const { image, oldSigningKeys, secretFiles } = homeserver;
  const health = { httpGet: { path: '/health', port: k8s.IntOrString.fromString('client-api') }, timeoutSeconds: 5 };
  const earlier = oldSigningKeys ? [{ name: 'old-signing-keys', mountPath: OLD_SIGNING_KEYS, readOnly: true }] : [];
  const guard = epochGuard(database, options.afterOutOfBandRestore);
  const wait = ['python3', `${CONFIG}/wait_for_database.py`, `${CONFIG}/homeserver.yaml`];
  const password = secretEnv('PGPASSWORD', database.password);
  const config = { name: 'config', mountPath: CONFIG, readOnly: true };
  // Read-only, so that Synapse cannot generate a key where one is missing.
  const secrets = { name: 'secrets', mountPath: SECRETS, readOnly: true };
  const data = { name: 'synapse-data', mountPath: '/data' };
  const server = {
    name: 'synapse',
    image,
    resources: synapseResources({ resources: options.resources, system }),
    // The steps before Synapse are not init containers: the kubelet takes up to a second for each, while people wait.
    command: [...wait, ...guard, '/start.py'],
    args: ['run', ...configuration(homeserver)],
    // Synapse finds our modules beside its settings.
    env: [password, NAMESPACE_ENV, { name: 'PYTHONPATH', value: CONFIG }, ...trust(secretFiles)],
    ports: [
      { name: 'client-api', containerPort: ports.client },
      { name: 'federation', containerPort: ports.federation },
      { name: 'metrics', containerPort: ports.metrics },
    ],
    volumeMounts: [data, config, secrets, ...earlier, { name: 'tmp', mountPath: '/tmp' }],
    lifecycle: NOTE_AT_THE_END,
    // An hour: the database may be away, and a new version may have to migrate it first.
    startupProbe: { ...health, periodSeconds: 1, failureThreshold: 3600 },
    livenessProbe: { ...health, periodSeconds: 10, failureThreshold: 6 },
    readinessProbe: { ...health, periodSeconds: 5 },
  };
  const folders = [SECRETS, ...earlier.map(({ mountPath }) => mountPath)];
  const watching = restartOnChange(server, `${CONFIG}/restart-on-change.sh`, ...folders);
  return system._pod({
    uid: SYNAPSE_IMAGE.uid,
    // A single backup pod reads the volumes of both.
    affinity,
    containers: [{ ...watching, command: ['python3', `${CONFIG}/keep_running.py`, WATCHED, ...watching.command] }],
    volumes: [
      claimVolume('synapse-data', homeserver.dataClaimName),
      configVolume('config', homeserver.configMapName),
      secretsVolume('secrets', secretFiles),
      watchedVolume(server),
      ...(oldSigningKeys ? [secretsVolume('old-signing-keys', {}, { [OLD_SIGNING_KEYS_FILE]: oldSigningKeys })] : []),
      scratch('tmp', '1Gi'),
    ],
  });
}

/** Arguments for the settings' files and folders; the last one wins. */
function configuration({ secretFiles, oldSigningKeys }: IMatrixHomeserver): string[] {
  const all = [
    `${CONFIG}/homeserver.yaml`,
    ...(oldSigningKeys ? [OLD_SIGNING_KEYS] : []),
    ...(SECRET_CONFIG_FILE in secretFiles ? [`${SECRETS}/${SECRET_CONFIG_FILE}`] : []),
  ];
  return all.flatMap((path) => ['-c', path]);
}

/** Environment that makes OpenSSL trust the private CAs; without SSL_CERT_DIR it would trust only those. */
function trust(secretFiles: { [path: string]: ISecretKey }): k8s.EnvVar[] {
  if (!(AUTHORITIES_FILE in secretFiles)) {
    return [];
  }
  return [
    { name: 'SSL_CERT_FILE', value: `${SECRETS}/${AUTHORITIES_FILE}` },
    { name: 'SSL_CERT_DIR', value: '/etc/ssl/certs' },
  ];
}
