import { Size } from 'cdk8s';
import { quantity } from '../../kubernetes/checks/quantities';
import type { k8s } from '../../kubernetes/k8s';
import { besideAffinity } from '../../kubernetes/workloads/affinity';
import { hardenedPod } from '../../kubernetes/workloads/hardened-pod';
import { resources } from '../../kubernetes/workloads/resources';
import { configVolume, scratch, secretsVolume } from '../../kubernetes/workloads/volumes';
import { PYTHON } from '../../python/python';
import {
  BACKUP,
  type BackupContext,
  JOB,
  repositoryContainer,
  repositoryVolumes,
  SCRIPTS,
  TMP,
  toolsContainer,
} from './backup-context';
import type { DrillProps } from './drill';

const HANDOVER: k8s.VolumeMount = { name: 'handover', mountPath: '/handover' };
const DRILL: k8s.VolumeMount = { name: 'drill', mountPath: '/drill' };
const POSTGRES_CONFIG: k8s.VolumeMount = { name: 'postgres-config', mountPath: '/etc/postgresql', readOnly: true };
const SECRETS: k8s.VolumeMount = { name: 'secrets', mountPath: '/secrets', readOnly: true };

/** Fetch and recover, then PostgreSQL and Synapse beside the check. All of it ends with the pod. */
export function drillPod(context: BackupContext, props: DrillProps): k8s.PodSpec {
  const { postgres, synapse } = context;
  const server = { ...JOB, memory: Size.mebibytes(32), memoryLimit: postgres.resources.memoryLimit };
  const lives = (command: string[]): k8s.Probe => ({ exec: { command }, periodSeconds: 1, failureThreshold: 600 });
  return hardenedPod({
    uid: postgres.uid,
    imagePullSecrets: context.imagePullSecrets,
    supplementalGroups: [synapse.uid],
    restartPolicy: 'Never',
    affinity: besideAffinity(postgres.podLabels),
    initContainers: [
      toolsContainer(context),
      repositoryContainer(context, {
        name: 'fetch',
        script: 'fetch-drill.py',
        env: [{ name: 'VOLUME', value: '/drill' }],
        volumeMounts: [DRILL, HANDOVER],
      }),
      {
        name: 'recover',
        image: postgres.image,
        resources: server,
        command: ['/bin/bash', '/scripts/drill-database.sh'],
        env: [
          { name: 'DATABASE_NAME', value: postgres.database },
          { name: 'DATABASE_USER', value: postgres.user },
        ],
        volumeMounts: [SCRIPTS, BACKUP, DRILL, HANDOVER, TMP, POSTGRES_CONFIG, SHARED_MEMORY],
      },
      {
        name: 'postgres',
        image: postgres.image,
        resources: server,
        command: ['/bin/bash', '/scripts/drill-postgres.sh'],
        volumeMounts: [SCRIPTS, DRILL, TMP, POSTGRES_CONFIG, SHARED_MEMORY],
        startupProbe: lives(['pg_isready', '--quiet', '--host=127.0.0.1']),
      },
      {
        name: 'synapse',
        image: synapse.image,
        resources: resources(50, 64, 1024),
        args: ['run', '-c', '/config/homeserver.yaml', '-c', '/scripts/drill.yaml'],
        volumeMounts: [
          SCRIPTS,
          DRILL,
          HANDOVER,
          TMP,
          SECRETS,
          { name: 'config', mountPath: '/config', readOnly: true },
        ],
        startupProbe: lives(['curl', '--fail', '--silent', 'http://127.0.0.1:8008/health']),
      },
    ],
    containers: [
      {
        name: 'check',
        image: synapse.image,
        resources: resources(20, 32, 512),
        command: ['python3', '/scripts/drill-check.py'],
        env: [
          { name: 'SYNAPSE', value: 'http://127.0.0.1:8008' },
          {
            name: 'DATABASE',
            value: `host=127.0.0.1 port=${postgres.port} user=${postgres.user} dbname=${postgres.database}`,
          },
          { name: 'SERVER_NAME', value: synapse.serverName },
          ...PYTHON,
        ],
        volumeMounts: [SCRIPTS, BACKUP, DRILL, HANDOVER, SECRETS],
      },
    ],
    volumes: [
      ...repositoryVolumes(context),
      {
        name: 'drill',
        ephemeral: {
          volumeClaimTemplate: {
            spec: {
              accessModes: ['ReadWriteOnce'],
              storageClassName: props.storageClass,
              resources: { requests: { storage: quantity(props.storage) } },
            },
          },
        },
      },
      configVolume('postgres-config', postgres.configMapName),
      configVolume('config', synapse.configMapName),
      secretsVolume('secrets', synapse.secretFiles),
      scratch('handover', '16Mi', true),
      scratch('shared-memory', '256Mi', true),
    ],
  });
}

const SHARED_MEMORY: k8s.VolumeMount = { name: 'shared-memory', mountPath: '/dev/shm' };
