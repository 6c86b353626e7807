import type { k8s } from '../../kubernetes/k8s';
import { nearAffinity } from '../../kubernetes/workloads/affinity';
import { hardenedPod } from '../../kubernetes/workloads/hardened-pod';
import { resources } from '../../kubernetes/workloads/resources';
import { claimVolume, configVolume, NAMESPACE_ENV, scratch } from '../../kubernetes/workloads/volumes';
import { PYTHON } from '../../python/python';
import {
  BACKUP,
  type BackupContext,
  repositoryContainer,
  repositoryVolumes,
  SCRIPTS,
  TMP,
  toolsContainer,
} from './backup-context';

const HANDOVER: k8s.VolumeMount = { name: 'handover', mountPath: '/handover' };

/** Five steps, each begun when the one before has succeeded: check, fetch, database, media, finish. */
export function restorePod(context: BackupContext, account: string, choice: string): k8s.PodSpec {
  const { postgres, synapse, receiverName } = context;
  const database: k8s.VolumeMount = { name: 'postgres-storage', mountPath: postgres.dataPath };
  const small = resources(20, 48, 256);
  return hardenedPod({
    uid: postgres.uid,
    imagePullSecrets: context.imagePullSecrets,
    restartPolicy: 'Never',
    serviceAccountName: account,
    affinity: nearAffinity(context.agentLabels),
    initContainers: [
      {
        name: 'check',
        image: synapse.image,
        resources: small,
        command: ['python3', '/scripts/restore-check.py', synapse.workloadName, postgres.workloadName],
        env: PYTHON,
        volumeMounts: [SCRIPTS],
        withToken: true,
      },
      toolsContainer(context),
      repositoryContainer(context, {
        name: 'fetch',
        script: 'fetch-restore.py',
        env: [{ name: 'VOLUME', value: postgres.dataPath }],
        volumeMounts: [database, HANDOVER, { name: 'choice', mountPath: '/choice', readOnly: true }],
      }),
      {
        name: 'database',
        image: postgres.image,
        resources: { ...small, memoryLimit: postgres.resources.memoryLimit },
        command: ['/bin/bash', '/scripts/restore-database.sh'],
        env: [
          { name: 'PGDATA', value: `${postgres.dataPath}/pgdata` },
          { name: 'DATABASE_NAME', value: postgres.database },
          { name: 'DATABASE_USER', value: postgres.user },
          ...(receiverName ? [{ name: 'RECEIVER', value: receiverName }] : []),
          { name: 'AGENT', value: context.agentLabels.app },
          NAMESPACE_ENV,
        ],
        volumeMounts: [
          SCRIPTS,
          BACKUP,
          database,
          HANDOVER,
          TMP,
          { name: 'postgres-config', mountPath: '/etc/postgresql', readOnly: true },
          { name: 'shared-memory', mountPath: '/dev/shm' },
        ],
      },
      repositoryContainer(context, {
        name: 'media',
        script: 'restore-media.py',
        uid: synapse.uid,
        volumeMounts: [{ name: 'synapse-data', mountPath: '/data' }, HANDOVER],
      }),
    ],
    containers: [
      {
        name: 'finish',
        image: synapse.image,
        resources: small,
        command: [
          'python3',
          '/scripts/restore-finish.py',
          [synapse.signingKey, synapse.oldSigningKeys]
            .flatMap((one) => (one ? `${one.secretName}/${one.key}` : []))
            .join(','),
          [...new Set([postgres.password.secretName, postgres.backupPassword.secretName])].join(','),
          choice,
          `${postgres.dataPath}/restore-in-progress`,
          '/backup/predecessors',
          '/backup/receiver',
        ],
        env: PYTHON,
        volumeMounts: [SCRIPTS, BACKUP, database, HANDOVER],
        withToken: true,
      },
    ],
    volumes: [
      ...repositoryVolumes(context),
      claimVolume('postgres-storage', postgres.dataClaimName),
      claimVolume('synapse-data', synapse.dataClaimName),
      { name: 'choice', configMap: { name: choice, optional: true } },
      configVolume('postgres-config', postgres.configMapName),
      // Secrets pass through it.
      scratch('handover', '16Mi', true),
      scratch('shared-memory', '256Mi', true),
    ],
  });
}
