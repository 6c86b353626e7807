import { UIDS } from '../kubernetes/images/image';
import { k8s } from '../kubernetes/k8s';
import type { ISecretKey } from '../kubernetes/secret-key';
import { hardenedPod } from '../kubernetes/workloads/hardened-pod';
import { type Resources, resources } from '../kubernetes/workloads/resources';
import { restartOnChange, watchedVolume } from '../kubernetes/workloads/restart-on-change';
import { claimVolume, configVolume, scratch, secretEnv, secretsVolume } from '../kubernetes/workloads/volumes';
import type { IMatrixPostgres } from '../postgres/database';
import type { ForeignRestore } from './foreign-restore';
import { OLD_SIGNING_KEYS, OLD_SIGNING_KEYS_FILE } from './old-signing-keys';
import type { SynapsePorts } from './ports';
import { AUTHORITIES_FILE, SECRET_CONFIG_FILE } from './secret-files';
import { epochGuard, NOTE_AT_THE_END } from './start/epoch-guard';
import { CONFIG, SECRETS } from './wiring';

/** What Synapse's pod consists of. */
export interface SynapsePodProps {
  readonly image: string;
  /** @default - none */
  readonly imagePullSecrets?: string[];
  readonly resources: Resources;
  readonly ports: Required<SynapsePorts>;
  readonly postgres: IMatrixPostgres;
  readonly configMapName: string;
  readonly dataClaimName: string;
  readonly affinity?: k8s.Affinity;
  readonly afterForeignRestore?: ForeignRestore;
  /** Files in the folder of secrets. */
  readonly secretFiles: { [path: string]: ISecretKey };
  /** Public parts of earlier signing keys, which may be missing. @default - none */
  readonly oldSigningKeys?: ISecretKey;
}

/** The pod of Synapse's only process: it waits for the database, looks whether it is the one that was left, then runs. */
export function synapsePod(props: SynapsePodProps): k8s.PodSpec {
  const { ports, postgres, oldSigningKeys } = props;
  const health = { httpGet: { path: '/health', port: k8s.IntOrString.fromString('client-api') }, timeoutSeconds: 5 };
  const earlier = oldSigningKeys ? [{ name: 'old-signing-keys', mountPath: OLD_SIGNING_KEYS, readOnly: true }] : [];
  const wait = ['python3', `${CONFIG}/wait-for-database.py`, `${CONFIG}/homeserver.yaml`];
  const password = secretEnv('PGPASSWORD', postgres.password);
  const scriptEnv = [password, { name: 'PYTHONUNBUFFERED', value: '1' }];
  const config = { name: 'config', mountPath: CONFIG, readOnly: true };
  // Read-only, so that Synapse cannot mint a key where one is missing.
  const secrets = { name: 'secrets', mountPath: SECRETS, readOnly: true };
  const data = { name: 'synapse-data', mountPath: '/data' };
  const server = {
    name: 'synapse',
    image: props.image,
    resources: props.resources,
    // After a change of the password PostgreSQL may come to know it later.
    command: [...wait, '/start.py'],
    args: ['run', ...configuration(props)],
    env: [password, ...trust(props.secretFiles)],
    ports: [
      { name: 'client-api', containerPort: ports.client },
      { name: 'federation', containerPort: ports.federation },
      { name: 'metrics', containerPort: ports.metrics },
    ],
    volumeMounts: [data, config, secrets, ...earlier, { name: 'tmp', mountPath: '/tmp' }],
    lifecycle: NOTE_AT_THE_END,
    // Ten minutes: a new version may have to change the database first.
    startupProbe: { ...health, periodSeconds: 5, failureThreshold: 120 },
    livenessProbe: { ...health, periodSeconds: 10, failureThreshold: 6 },
    readinessProbe: { ...health, periodSeconds: 5 },
  };
  return hardenedPod({
    uid: UIDS.synapse,
    imagePullSecrets: props.imagePullSecrets,
    // A single backup pod reads the volumes of both.
    affinity: props.affinity,
    initContainers: [
      {
        name: 'wait-for-database',
        image: props.image,
        resources: resources(20, 32, 128),
        command: wait,
        env: scriptEnv,
        volumeMounts: [config, secrets],
      },
      epochGuard({ ...props, env: scriptEnv, volumeMounts: [data, config, secrets] }),
    ],
    containers: [
      restartOnChange(server, `${CONFIG}/restart-on-change.sh`, SECRETS, ...earlier.map(({ mountPath }) => mountPath)),
    ],
    volumes: [
      claimVolume('synapse-data', props.dataClaimName),
      configVolume('config', props.configMapName),
      secretsVolume('secrets', props.secretFiles),
      watchedVolume(server),
      ...(oldSigningKeys ? [secretsVolume('old-signing-keys', {}, { [OLD_SIGNING_KEYS_FILE]: oldSigningKeys })] : []),
      scratch('tmp', '1Gi'),
    ],
  });
}

/** Files and folders of settings, of which the last wins. */
function configuration({ secretFiles, oldSigningKeys }: SynapsePodProps): string[] {
  const all = [
    `${CONFIG}/homeserver.yaml`,
    ...(oldSigningKeys ? [OLD_SIGNING_KEYS] : []),
    ...(SECRET_CONFIG_FILE in secretFiles ? [`${SECRETS}/${SECRET_CONFIG_FILE}`] : []),
  ];
  return all.flatMap((path) => ['-c', path]);
}

/** Without its folder named as well, OpenSSL would trust the file alone. */
function trust(secretFiles: { [path: string]: ISecretKey }): k8s.EnvVar[] {
  if (!(AUTHORITIES_FILE in secretFiles)) {
    return [];
  }
  return [
    { name: 'SSL_CERT_FILE', value: `${SECRETS}/${AUTHORITIES_FILE}` },
    { name: 'SSL_CERT_DIR', value: '/etc/ssl/certs' },
  ];
}
