import type { k8s } from '../../kubernetes/k8s';
import { nearAffinity } from '../../kubernetes/workloads/affinity';
import { resources } from '../../kubernetes/workloads/resources';
import { claimVolume, configVolume, NAMESPACE_ENV, scratch } from '../../kubernetes/workloads/volumes';
import type { BackupFacts, DatabaseShare, OwnDatabase } from '../backup-facts';
import { bash, PROGRAM, programContainer } from '../program/program';
import {
  BACKUP,
  recoveryMounts,
  repositoryContainer,
  repositoryVolumes,
  TMP,
  toolsContainer,
} from '../repository/repository-container';
import { BACKUP_SECRETS, HANDOVER, handoverVolumes, RECOVERED, TOLD } from './job-pod';

/** The pod of a restore: check, fetch, database, media, finish. Each step begins when the one before has succeeded. */
export function restorePod(facts: BackupFacts, account: string): k8s.PodSpec {
  const { homeserver, system } = facts;
  const database = facts.share((own) => recovery(facts, own));
  const results = facts.ownDatabase ? [{ ...RECOVERED, readOnly: true }] : [];
  return system._pod({
    uid: facts.uid,
    restartPolicy: 'Never',
    serviceAccountName: account,
    affinity: nearAffinity(facts.agentLabels),
    initContainers: [
      programContainer(facts, { name: 'check', command: ['restore', 'check'], withToken: true }),
      toolsContainer(facts),
      repositoryContainer(facts, {
        name: 'fetch',
        command: ['restore', 'fetch'],
        volumeMounts: [
          ...database.volumeMounts,
          HANDOVER,
          BACKUP_SECRETS,
          { name: 'choice', mountPath: '/choice', readOnly: true },
        ],
      }),
      ...database.steps,
      repositoryContainer(facts, {
        name: 'media',
        command: ['restore', 'media'],
        uid: homeserver.uid,
        volumeMounts: [{ name: 'synapse-data', mountPath: '/data' }, TOLD, ...results],
      }),
    ],
    containers: [
      programContainer(facts, {
        name: 'finish',
        command: ['restore', 'finish'],
        volumeMounts: [BACKUP, ...database.volumeMounts, TOLD, ...results, { ...BACKUP_SECRETS, readOnly: true }],
        withToken: true,
      }),
    ],
    volumes: [
      ...repositoryVolumes(facts),
      claimVolume('synapse-data', homeserver.dataClaimName),
      { name: 'choice', configMap: { name: facts.choiceName, optional: true } },
      ...handoverVolumes(facts.ownDatabase !== undefined),
      ...database.volumes,
    ],
  });
}

/**
 * The step that restores the database on its claim, which the steps before and after it mount too. It runs PostgreSQL on
 * data that may be hostile, so it has neither Secrets nor backups.
 */
function recovery({ agentLabels }: BackupFacts, { server, backup }: OwnDatabase): DatabaseShare {
  const data: k8s.VolumeMount = { name: 'postgres-storage', mountPath: backup.dataPath };
  return {
    steps: [
      {
        name: 'database',
        image: backup.image,
        resources: { ...resources(20, 48, 256), memoryLimit: backup.resources.memoryLimit },
        command: bash('restore-database.sh'),
        env: [
          { name: 'PGDATA', value: `${backup.dataPath}/pgdata` },
          { name: 'DATABASE_NAME', value: server.database },
          { name: 'DATABASE_USER', value: server.user },
          ...(backup.receiverName ? [{ name: 'RECEIVER', value: backup.receiverName }] : []),
          { name: 'AGENT', value: agentLabels.app },
          NAMESPACE_ENV,
        ],
        volumeMounts: [
          PROGRAM,
          ...recoveryMounts(backup.receiverName !== undefined),
          data,
          TOLD,
          RECOVERED,
          TMP,
          { name: 'postgres-config', mountPath: '/etc/postgresql', readOnly: true },
          { name: 'shared-memory', mountPath: '/dev/shm' },
        ],
      },
    ],
    volumeMounts: [data],
    volumes: [
      claimVolume('postgres-storage', backup.dataClaimName),
      configVolume('postgres-config', backup.configMapName),
      scratch('shared-memory', '256Mi', true),
    ],
  };
}
