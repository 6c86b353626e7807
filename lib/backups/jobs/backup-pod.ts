import type { k8s } from '../../kubernetes/k8s';
import type { ISecretKey } from '../../kubernetes/secret-key';
import { besideAffinity } from '../../kubernetes/workloads/affinity';
import { hardenedPod } from '../../kubernetes/workloads/hardened-pod';
import { resources } from '../../kubernetes/workloads/resources';
import { claimVolume, configVolume, secretsVolume } from '../../kubernetes/workloads/volumes';
import {
  BACKUP,
  type BackupContext,
  databaseReader,
  repositoryContainer,
  repositoryVolumes,
  SCRIPTS,
  TMP,
  toolsContainer,
} from './backup-context';

/** Everything secret that the system needs to come back, each once. */
export function secretsOf({ postgres, synapse, adminPassword }: BackupContext): { [path: string]: ISecretKey } {
  const all = [...Object.values(synapse.secretFiles), postgres.password, postgres.backupPassword, adminPassword];
  return byPath(...all);
}

/** What is there from some day on: earlier signing keys. */
export function optionalSecretsOf({ synapse }: BackupContext): { [path: string]: ISecretKey } {
  return byPath(synapse.oldSigningKeys);
}

function byPath(...secrets: (ISecretKey | undefined)[]): { [path: string]: ISecretKey } {
  return Object.fromEntries(secrets.flatMap((one) => (one ? [[`${one.secretName}/${one.key}`, one]] : [])));
}

/** The pod that makes a set: a copy of the database, then the set. It runs where the claims of the database and Synapse are. */
export function backupPod(context: BackupContext): k8s.PodSpec {
  const { postgres, synapse } = context;
  return hardenedPod({
    uid: postgres.uid,
    imagePullSecrets: context.imagePullSecrets,
    supplementalGroups: [synapse.uid],
    restartPolicy: 'Never',
    affinity: besideAffinity(postgres.podLabels),
    initContainers: [
      toolsContainer(context),
      {
        name: 'copy',
        image: postgres.image,
        resources: resources(50, 48, 512),
        command: ['/bin/bash', '/scripts/copy-database.sh'],
        env: databaseReader(context),
        volumeMounts: [SCRIPTS, BACKUP, TMP],
      },
    ],
    containers: [
      repositoryContainer(context, {
        name: 'store',
        script: 'store-set.py',
        env: [
          { name: 'POSTGRES_IMAGE', value: postgres.image },
          { name: 'SYNAPSE_IMAGE', value: synapse.image },
        ],
        volumeMounts: [
          { name: 'media', mountPath: '/media', readOnly: true },
          { name: 'secrets', mountPath: '/secrets', readOnly: true },
          { name: 'synapse-config', mountPath: '/config/synapse', readOnly: true },
          { name: 'postgres-config', mountPath: '/config/postgres', readOnly: true },
        ],
      }),
    ],
    volumes: [
      ...repositoryVolumes(context),
      claimVolume('media', synapse.dataClaimName, true),
      secretsVolume('secrets', secretsOf(context), optionalSecretsOf(context)),
      configVolume('synapse-config', synapse.configMapName),
      configVolume('postgres-config', postgres.configMapName),
    ],
  });
}

/** The pod that makes a logical copy. */
export function dumpPod(context: BackupContext): k8s.PodSpec {
  const { postgres } = context;
  return hardenedPod({
    uid: postgres.uid,
    imagePullSecrets: context.imagePullSecrets,
    restartPolicy: 'Never',
    affinity: besideAffinity(postgres.podLabels),
    initContainers: [
      toolsContainer(context),
      {
        name: 'dump',
        image: postgres.image,
        resources: resources(50, 48, 512),
        command: ['/bin/bash', '/scripts/dump-database.sh'],
        env: databaseReader(context),
        volumeMounts: [SCRIPTS, BACKUP, TMP],
      },
    ],
    containers: [repositoryContainer(context, { name: 'store', script: 'store-dump.py' })],
    volumes: repositoryVolumes(context),
  });
}

/** A pod whose only work is a script on the repository. */
export function repositoryPod(
  context: BackupContext,
  name: string,
  script: string,
  env: k8s.EnvVar[] = [],
  prune = false,
): k8s.PodSpec {
  const { postgres } = context;
  return hardenedPod({
    uid: postgres.uid,
    imagePullSecrets: context.imagePullSecrets,
    restartPolicy: 'Never',
    affinity: besideAffinity(postgres.podLabels),
    initContainers: [toolsContainer(context)],
    containers: [repositoryContainer(context, { name, script, env, prune })],
    volumes: repositoryVolumes(context),
  });
}
