import { besideAffinity } from '../kubernetes/affinity';
import type { k8s } from '../kubernetes/k8s';
import { hardenedPod } from '../kubernetes/pod';
import { resources } from '../kubernetes/resources';
import { claimVolume, configVolume, scratch, secretEnv, secretsVolume } from '../kubernetes/volumes';
import type { MatrixPostgres } from '../postgres/matrix-postgres';
import type { MatrixSynapse } from '../synapse/matrix-synapse';

/** What the pod that makes a set consists of. */
export interface BackupPodProps {
  readonly postgres: MatrixPostgres;
  readonly synapse: MatrixSynapse;
  readonly keep: number;
  readonly claimName: string;
  readonly configMapName: string;
}

/** The pod that makes a set. It runs on the node of the database and Synapse, where the claims are. */
export function backupPod({ postgres, synapse, keep, claimName, configMapName }: BackupPodProps): k8s.PodSpec {
  return hardenedPod({
    uid: postgres.uid,
    supplementalGroups: [synapse.uid],
    restartPolicy: 'Never',
    affinity: besideAffinity(postgres.podLabels),
    containers: [
      {
        name: 'backup',
        image: postgres.image,
        resources: resources(50, 64, 512),
        command: ['/bin/bash', '/scripts/backup.sh'],
        env: [
          { name: 'PGHOST', value: postgres.host },
          { name: 'PGPORT', value: String(postgres.port) },
          { name: 'PGUSER', value: 'backup' },
          { name: 'PGREQUIREAUTH', value: 'scram-sha-256' },
          secretEnv('PGPASSWORD', postgres.backupPassword),
          { name: 'KEEP', value: String(keep) },
          { name: 'SERVER_NAME', value: synapse.serverName },
          { name: 'POSTGRES_IMAGE', value: postgres.image },
          { name: 'SYNAPSE_IMAGE', value: synapse.image },
        ],
        volumeMounts: [
          { name: 'backup', mountPath: '/backup' },
          { name: 'media', mountPath: '/media', readOnly: true },
          { name: 'secrets', mountPath: '/secrets', readOnly: true },
          { name: 'scripts', mountPath: '/scripts', readOnly: true },
          { name: 'tmp', mountPath: '/tmp' },
        ],
      },
    ],
    volumes: [
      claimVolume('backup', claimName),
      claimVolume('media', synapse.dataClaimName, true),
      secretsVolume('secrets', { 'signing.key': synapse.signingKey }),
      configVolume('scripts', configMapName),
      scratch('tmp', '256Mi'),
    ],
  });
}
