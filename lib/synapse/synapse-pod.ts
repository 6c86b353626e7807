import { UIDS } from '../kubernetes/image';
import { k8s } from '../kubernetes/k8s';
import { hardenedPod } from '../kubernetes/pod';
import { type Resources, resources } from '../kubernetes/resources';
import type { ISecretKey } from '../kubernetes/secret-key';
import { claimVolume, configVolume, scratch, secretEnv, secretsVolume } from '../kubernetes/volumes';
import type { IMatrixPostgres } from '../postgres/database';
import { epochGuard, NOTE_AT_THE_END } from './epoch-guard';
import type { ForeignRestore } from './foreign-restore';
import type { SynapsePorts } from './ports';
import { SECRET_CONFIG_FILE } from './secret-files';
import { CONFIG, SECRETS } from './wiring';

/** What Synapse's pod consists of. */
export interface SynapsePodProps {
  readonly image: string;
  readonly resources: Resources;
  readonly ports: Required<SynapsePorts>;
  readonly postgres: IMatrixPostgres;
  readonly configMapName: string;
  readonly dataClaimName: string;
  readonly affinity?: k8s.Affinity;
  readonly afterForeignRestore?: ForeignRestore;
  /** Files in the folder of secrets. */
  readonly secretFiles: { [path: string]: ISecretKey };
}

/** The pod of Synapse's only process: it waits for the database, looks whether it is the one that was left, then runs. */
export function synapsePod(props: SynapsePodProps): k8s.PodSpec {
  const { ports, postgres } = props;
  const health = { httpGet: { path: '/health', port: k8s.IntOrString.fromString('client-api') }, timeoutSeconds: 5 };
  const secretConfig = SECRET_CONFIG_FILE in props.secretFiles ? ['-c', `${SECRETS}/${SECRET_CONFIG_FILE}`] : [];
  const password = secretEnv('PGPASSWORD', postgres.password);
  const scriptEnv = [password, { name: 'PYTHONUNBUFFERED', value: '1' }];
  const config = { name: 'config', mountPath: CONFIG, readOnly: true };
  // Read-only, so that Synapse cannot mint a key where one is missing.
  const secrets = { name: 'secrets', mountPath: SECRETS, readOnly: true };
  const data = { name: 'synapse-data', mountPath: '/data' };
  return hardenedPod({
    uid: UIDS.synapse,
    // A single backup pod reads the volumes of both.
    affinity: props.affinity,
    initContainers: [
      {
        name: 'wait-for-database',
        image: props.image,
        resources: resources(20, 32, 128),
        command: ['python3', `${CONFIG}/wait-for-database.py`, `${CONFIG}/homeserver.yaml`],
        env: scriptEnv,
        volumeMounts: [config, secrets],
      },
      epochGuard({ ...props, env: scriptEnv, volumeMounts: [data, config, secrets] }),
    ],
    containers: [
      {
        name: 'synapse',
        image: props.image,
        resources: props.resources,
        args: ['run', '-c', `${CONFIG}/homeserver.yaml`, ...secretConfig],
        env: [password],
        ports: [
          { name: 'client-api', containerPort: ports.client },
          { name: 'federation', containerPort: ports.federation },
          { name: 'metrics', containerPort: ports.metrics },
        ],
        volumeMounts: [data, config, secrets, { name: 'tmp', mountPath: '/tmp' }],
        lifecycle: NOTE_AT_THE_END,
        // Ten minutes: a new version may have to change the database first.
        startupProbe: { ...health, periodSeconds: 5, failureThreshold: 120 },
        livenessProbe: { ...health, periodSeconds: 10, failureThreshold: 6 },
        readinessProbe: { ...health, periodSeconds: 5 },
      },
    ],
    volumes: [
      claimVolume('synapse-data', props.dataClaimName),
      configVolume('config', props.configMapName),
      secretsVolume('secrets', props.secretFiles),
      scratch('tmp', '1Gi'),
    ],
  });
}
