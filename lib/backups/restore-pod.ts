import type { k8s } from '../kubernetes/k8s';
import { hardenedPod } from '../kubernetes/pod';
import { resources } from '../kubernetes/resources';
import { claimVolume, configVolume, scratch, secretEnv } from '../kubernetes/volumes';
import type { RestoreProps } from './restore';

/** Four steps, each begun when the one before has succeeded: check, database, media, signing key. */
export function restorePod(props: RestoreProps & { readonly choice: string }): k8s.PodSpec {
  const { postgres, synapse, choice } = props;
  const scripts = { name: 'scripts', mountPath: '/scripts', readOnly: true };
  const backup = { name: 'backup', mountPath: '/backup' };
  const database = { name: 'postgres-storage', mountPath: postgres.dataPath };
  const handover = { name: 'handover', mountPath: '/handover' };
  const tmp = { name: 'tmp', mountPath: '/tmp' };
  const python = { name: 'PYTHONDONTWRITEBYTECODE', value: '1' };
  const small = resources(20, 48, 256);
  return hardenedPod({
    uid: postgres.uid,
    restartPolicy: 'Never',
    serviceAccountName: props.name,
    initContainers: [
      {
        name: 'check',
        image: synapse.image,
        resources: small,
        command: ['python3', '/scripts/restore-check.py', synapse.workloadName, postgres.workloadName],
        env: [python],
        volumeMounts: [scripts],
      },
      {
        name: 'database',
        image: postgres.image,
        resources: { ...small, memoryLimit: postgres.resources.memoryLimit },
        command: ['/bin/bash', '/scripts/restore-database.sh'],
        env: [
          { name: 'PGDATA', value: `${postgres.dataPath}/pgdata` },
          { name: 'DATABASE_NAME', value: postgres.database },
          { name: 'DATABASE_USER', value: postgres.user },
          secretEnv('DATABASE_PASSWORD', postgres.password),
          secretEnv('BACKUP_PASSWORD', postgres.backupPassword),
        ],
        volumeMounts: [
          scripts,
          backup,
          database,
          handover,
          tmp,
          { name: 'choice', mountPath: '/choice', readOnly: true },
          { name: 'postgres-config', mountPath: '/etc/postgresql', readOnly: true },
          { name: 'shared-memory', mountPath: '/dev/shm' },
        ],
      },
      {
        name: 'media',
        image: postgres.image,
        uid: synapse.uid,
        resources: small,
        command: ['/bin/bash', '/scripts/restore-media.sh'],
        volumeMounts: [
          scripts,
          { ...backup, readOnly: true },
          { name: 'synapse-data', mountPath: '/data' },
          handover,
          tmp,
        ],
      },
    ],
    containers: [
      {
        name: 'finish',
        image: synapse.image,
        resources: small,
        command: [
          'python3',
          '/scripts/restore-finish.py',
          synapse.signingKey.secretName,
          synapse.signingKey.key,
          choice,
          `${postgres.dataPath}/restore-in-progress`,
        ],
        env: [python],
        volumeMounts: [scripts, database, handover],
      },
    ],
    volumes: [
      configVolume('scripts', props.configMapName),
      claimVolume('backup', props.claimName),
      claimVolume('postgres-storage', postgres.dataClaimName),
      claimVolume('synapse-data', synapse.dataClaimName),
      { name: 'choice', configMap: { name: choice, optional: true } },
      configVolume('postgres-config', postgres.configMapName),
      // The signing key passes through it.
      scratch('handover', '1Mi', true),
      scratch('tmp', '100Mi'),
      scratch('shared-memory', '256Mi', true),
    ],
  });
}
