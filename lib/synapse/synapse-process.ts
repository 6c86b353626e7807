import { k8s } from '../kubernetes/k8s';
import type { ISecretKey } from '../kubernetes/secret-key';
import type { Resources } from '../kubernetes/workloads/resources';
import { WATCHED, WATCHED_MOUNT, watchedVolume } from '../kubernetes/workloads/restart-on-change';
import { configVolume, NAMESPACE_ENV, scratch, secretEnv, secretsVolume } from '../kubernetes/workloads/volumes';
import type { IMatrixDatabase } from '../postgres/database';
import { SYNAPSE_IMAGE } from '../python/synapse-image';
import type { System } from '../system';
import { CONFIG, SECRETS } from './deployment-settings';
import type { IMatrixHomeserver } from './homeserver';
import { LOOKUP_TOKEN_FILE, REGISTRATION_SETTINGS, REGISTRATIONS } from './integrations/membership-lookup';
import { withoutBucket } from './media/media-bucket';
import { AUTHORITIES_FILE, OLD_SIGNING_KEYS, OLD_SIGNING_KEYS_FILE, SECRET_CONFIG_FILE } from './secret-files';

/** One process of Synapse: the main one, or a worker. */
export interface SynapseProcess {
  readonly homeserver: IMatrixHomeserver;
  readonly system: System;
  readonly database: IMatrixDatabase;
  readonly resources: Resources;
  /** What runs before Synapse, and becomes it. @default - nothing */
  readonly before?: string[];
  /** Where it answers once it serves; then a next process waits beside it. @default - none waits */
  readonly next?: string;
  /** Python's module and its arguments, before those of the settings. */
  readonly module: string[];
  /** Where it tells how it is. */
  readonly probes: { readonly port: string; readonly ready: string; readonly alive: string };
  /** Further settings' files, which win. @default - none */
  readonly files?: string[];
  readonly ports: k8s.ContainerPort[];
  readonly mounts?: k8s.VolumeMount[];
  readonly volumes?: k8s.Volume[];
  /** Whether it stores media, for which it may need the keys of their bucket. */
  readonly storesMedia: boolean;
  readonly lifecycle?: k8s.Lifecycle;
  readonly affinity?: k8s.Affinity;
}

/** The pod of a process of Synapse. It restarts when a Secret changes. */
export function synapseProcess(process: SynapseProcess): k8s.PodSpec {
  const { homeserver, system, database, before = [], files = [], mounts = [], volumes = [] } = process;
  const { image, oldSigningKeys } = homeserver;
  const secretFiles = process.storesMedia ? homeserver.secretFiles : withoutBucket(homeserver.secretFiles);
  const port = k8s.IntOrString.fromString(process.probes.port);
  const [ready, alive] = [process.probes.ready, process.probes.alive].map((path) => ({
    httpGet: { path, port },
    timeoutSeconds: 5,
  }));
  const earlier = oldSigningKeys ? [{ name: 'old-signing-keys', mountPath: OLD_SIGNING_KEYS, readOnly: true }] : [];
  const password = secretEnv('PGPASSWORD', database.password);
  const config = { name: 'config', mountPath: CONFIG, readOnly: true };
  // Read-only, so that Synapse cannot generate a key where one is missing.
  const secrets = { name: 'secrets', mountPath: SECRETS, readOnly: true };
  const registers = LOOKUP_TOKEN_FILE in secretFiles;
  const registrations = registers ? [{ name: 'registrations', mountPath: REGISTRATIONS }] : [];
  const folders = [SECRETS, ...earlier.map(({ mountPath }) => mountPath)];
  const server = {
    name: 'synapse',
    image,
    resources: process.resources,
    // The steps before Synapse are not init containers: the kubelet takes up to a second for each, while people wait.
    command: [
      'python3',
      `${CONFIG}/keep_running.py`,
      ...(process.next ? ['--next', process.next] : []),
      ...[WATCHED, ...folders, '--'],
      ...(registers ? registering(homeserver) : []),
      ...before,
      '/start.py',
    ],
    args: [
      'run',
      '-m',
      ...process.module,
      ...[...configuration(homeserver), ...(registers ? [REGISTRATION_SETTINGS] : []), ...files].flatMap((file) => [
        '-c',
        file,
      ]),
    ],
    // Synapse finds our modules beside its settings.
    env: [password, NAMESPACE_ENV, { name: 'PYTHONPATH', value: CONFIG }, ...trust(secretFiles)],
    ports: process.ports,
    volumeMounts: [
      ...mounts,
      config,
      secrets,
      ...earlier,
      ...registrations,
      { name: 'tmp', mountPath: '/tmp' },
      WATCHED_MOUNT,
    ],
    lifecycle: process.lifecycle,
    // An hour: the database may be away, and a new version may have to migrate it first.
    startupProbe: { ...ready, periodSeconds: 1, failureThreshold: 3600 },
    livenessProbe: { ...alive, periodSeconds: 10, failureThreshold: 6 },
    // A minute, like the liveness probe: a Service without ready pods refuses people whom a busy Synapse would answer late.
    readinessProbe: { ...ready, periodSeconds: 5, failureThreshold: 12 },
  };
  return system._pod({
    uid: SYNAPSE_IMAGE.uid,
    affinity: process.affinity,
    containers: [server],
    volumes: [
      ...volumes,
      configVolume('config', homeserver.configMapName),
      secretsVolume('secrets', secretFiles),
      watchedVolume(server),
      ...(oldSigningKeys ? [secretsVolume('old-signing-keys', {}, { [OLD_SIGNING_KEYS_FILE]: oldSigningKeys })] : []),
      ...(registers ? [scratch('registrations', '1Mi', true)] : []),
      scratch('tmp', '1Gi'),
    ],
  });
}

/** The settings' files and folders; the last one wins. */
function configuration({ secretFiles, oldSigningKeys }: IMatrixHomeserver): string[] {
  return [
    `${CONFIG}/homeserver.yaml`,
    ...(oldSigningKeys ? [OLD_SIGNING_KEYS] : []),
    ...(SECRET_CONFIG_FILE in secretFiles ? [`${SECRETS}/${SECRET_CONFIG_FILE}`] : []),
  ];
}

/** What adds the registration of the application service that may ask who is in a room. */
function registering(homeserver: IMatrixHomeserver): string[] {
  const files = configuration(homeserver).filter((path) => path !== OLD_SIGNING_KEYS);
  return ['python3', `${CONFIG}/register_lookup.py`, SECRETS, REGISTRATIONS, ...files, '--'];
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
