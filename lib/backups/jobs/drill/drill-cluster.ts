import { Size } from 'cdk8s';
import type { k8s } from '../../../kubernetes/k8s';
import type { Traffic } from '../../../kubernetes/network/traffic';
import { resources } from '../../../kubernetes/workloads/resources';
import { podField, scratch, secretsVolume } from '../../../kubernetes/workloads/volumes';
import { CLAIMS, SECRETS, type WorkloadAccount } from '../../../kubernetes/workloads/workload-account';
import type { BackupFacts, DatabaseShare, RecoverableDatabase } from '../../backup-facts';
import { bash, PROGRAM, programContainer } from '../../program/program';
import { RESULTS, TMP } from '../../repository/repository-container';
import { HANDOVER, RECOVERED } from '../job-pod';
import { drillSynapse, lives, SECRETS_READ, synapseVolumes } from './drill-synapse';

/** File with the Cluster that the drill makes. */
export const DRILL_CLUSTER_JSON = 'drill-cluster.json';

/** Init containers that keep running beside the check. */
export const CLUSTER_SIDECARS = ['removal', 'synapse'];

/** Seconds in which the cluster is removed when the drill ends. */
export const REMOVAL_GRACE = 120;

/** Mount of the memory with the passwords of the restored database, and its CA. */
const CONNECTION: k8s.VolumeMount = { name: 'connection', mountPath: '/connection' };
const CONNECTION_READ: k8s.VolumeMount = { ...CONNECTION, readOnly: true };
/** Mount of the password and CA of the running database, for the step that compares. */
const RUNNING: k8s.VolumeMount = { name: 'running', mountPath: '/running', readOnly: true };
const PASSFILE = `${CONNECTION.mountPath}/passfile`;
const CA = `${CONNECTION.mountPath}/ca.crt`;

/**
 * The restored system where an operator restores the database: a step that has a cluster of one instance made from the
 * backups, one that examines it, and Synapse on it. A sidecar removes the cluster, however the drill ends.
 */
export function drillCluster(facts: BackupFacts, { server, recovery }: RecoverableDatabase): DatabaseShare {
  const owner = [podField('POD_NAME', 'metadata.name'), podField('POD_UID', 'metadata.uid')];
  return {
    steps: [
      {
        ...programContainer(facts, {
          name: 'removal',
          command: ['drill', 'removal'],
          env: owner,
          volumeMounts: [HANDOVER, RESULTS],
          withToken: true,
        }),
        startupProbe: lives(['test', '-f', `${HANDOVER.mountPath}/locked`]),
      },
      programContainer(facts, {
        name: 'recover',
        command: ['drill', 'recover'],
        env: owner,
        volumeMounts: [HANDOVER, CONNECTION, RUNNING],
        withToken: true,
      }),
      {
        name: 'examine',
        image: recovery.image,
        resources: { ...resources(20, 32, 256), memoryLimit: Size.mebibytes(512) },
        command: bash('drill-cluster.sh'),
        env: [
          ...Object.entries(libpqOf(recovery)).map(([name, value]) => ({ name: VARIABLES[name], value })),
          { name: 'DATABASE_NAME', value: server.database },
          { name: 'DATABASE_USER', value: server.user },
        ],
        volumeMounts: [PROGRAM, RECOVERED, CONNECTION_READ, TMP],
      },
      drillSynapse(facts, CONNECTION_READ),
    ],
    volumeMounts: [SECRETS_READ, { ...RECOVERED, readOnly: true }, CONNECTION_READ],
    volumes: [
      ...synapseVolumes(facts),
      scratch(CONNECTION.name, '1Mi', true),
      secretsVolume(RUNNING.name, {
        password: server.password,
        ...(server.tls.authority ? { 'ca.crt': server.tls.authority } : {}),
      }),
    ],
  };
}

/** Parameters of libpq for the restored database. */
export function libpqOf({ clusterName }: RecoverableDatabase['recovery']): { [name: string]: string } {
  return { host: `${clusterName}-rw`, passfile: PASSFILE, sslmode: 'verify-full', sslrootcert: CA };
}

const VARIABLES: { [parameter: string]: string } = {
  host: 'PGHOST',
  passfile: 'PGPASSFILE',
  sslmode: 'PGSSLMODE',
  sslrootcert: 'PGSSLROOTCERT',
};

/** Lets the drill reach the restored database and compare it with the running one. */
export function allowDrillCluster(traffic: Traffic, { server, recovery }: RecoverableDatabase): void {
  traffic.allowDns();
  traffic.allowKubernetesApi();
  recovery._drilledBy(traffic);
  server.allowFrom(traffic, 1);
}

/** Lets the drill make and remove the one cluster, see how it fares, and connect to it. */
export function grantDrillCluster(account: WorkloadAccount, { recovery: { clusterName } }: RecoverableDatabase): void {
  const clusters = { apiGroup: 'postgresql.cnpg.io', resourceType: 'clusters' };
  // Kubernetes cannot limit `create` to names.
  account.allow(['create'], clusters);
  account.allow(['get', 'delete'], clusters, clusterName);
  // To see that they are gone.
  account.allow(['get'], CLAIMS, `${clusterName}-1`, `${clusterName}-1-wal`);
  // The operator itself does not say that a recovery has failed.
  account.allow(['get'], { apiGroup: 'batch', resourceType: 'jobs' }, `${clusterName}-1-full-recovery`);
  account.allow(['get'], SECRETS, ...['app', 'superuser', 'ca'].map((kind) => `${clusterName}-${kind}`));
}
