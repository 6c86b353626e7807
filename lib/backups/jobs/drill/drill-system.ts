import { Size } from 'cdk8s';
import { quantity } from '../../../kubernetes/checks/quantities';
import type { k8s } from '../../../kubernetes/k8s';
import { configVolume, scratch } from '../../../kubernetes/workloads/volumes';
import type { BackupFacts, DatabaseShare, OwnDatabase } from '../../backup-facts';
import { bash, PROGRAM } from '../../program/program';
import { JOB, TMP } from '../../repository/repository-container';
import { RECOVERED, TOLD } from '../job-pod';
import { DRILL, drillSynapse, lives, SECRETS_READ, synapseVolumes } from './drill-synapse';

const POSTGRES_CONFIG: k8s.VolumeMount = { name: 'postgres-config', mountPath: '/etc/postgresql', readOnly: true };
const SHARED_MEMORY: k8s.VolumeMount = { name: 'shared-memory', mountPath: '/dev/shm' };

/** Init containers that keep running beside the check. */
export const SIDECARS = ['postgres', 'synapse'];

/**
 * The restored system: a step that recovers the database, and PostgreSQL and Synapse on it. All of it ends with the
 * pod.
 */
export function drillSystem(facts: BackupFacts, { server, backup }: OwnDatabase): DatabaseShare {
  const postgres = {
    image: backup.image,
    resources: { ...JOB, memory: Size.mebibytes(32), memoryLimit: backup.resources.memoryLimit },
  };
  const env = [
    { name: 'DATABASE_NAME', value: server.database },
    { name: 'DATABASE_USER', value: server.user },
  ];
  return {
    steps: [
      {
        ...postgres,
        name: 'recover',
        command: bash('drill-database.sh'),
        env,
        // Not the WAL archive: a drill proves what is in the repository, and the archive changes meanwhile.
        volumeMounts: [PROGRAM, DRILL, TOLD, RECOVERED, TMP, POSTGRES_CONFIG, SHARED_MEMORY],
      },
      {
        ...postgres,
        name: 'postgres',
        command: bash('drill-postgres.sh'),
        env,
        volumeMounts: [PROGRAM, DRILL, TMP, POSTGRES_CONFIG, SHARED_MEMORY],
        startupProbe: lives(['pg_isready', '--quiet', '--host=127.0.0.1']),
      },
      drillSynapse(facts),
    ],
    volumeMounts: [SECRETS_READ, { ...RECOVERED, readOnly: true }],
    volumes: [
      configVolume('postgres-config', backup.configMapName),
      ...synapseVolumes(facts),
      scratch('shared-memory', '256Mi', true),
    ],
  };
}

/** A separate volume for the restored database, as large as that of the running one. */
export function drillVolume({ system }: BackupFacts, { backup }: OwnDatabase): k8s.Volume {
  const spec = {
    accessModes: ['ReadWriteOnce'],
    storageClassName: system.storageClass,
    resources: { requests: { storage: quantity(backup.storage) } },
  };
  return { name: DRILL.name, ephemeral: { volumeClaimTemplate: { spec } } };
}
