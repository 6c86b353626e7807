import { type Duration, Size } from 'cdk8s';
import { Construct } from 'constructs';
import { fileBeside } from '../../../kubernetes/files';
import { k8s } from '../../../kubernetes/k8s';
import { labelsOf, type WorkloadLabels } from '../../../kubernetes/metadata/labels';
import type { IPeer, Peer } from '../../../kubernetes/network/peer';
import { Traffic } from '../../../kubernetes/network/traffic';
import { apartAffinity } from '../../../kubernetes/workloads/affinity';
import { resources as amounts, type Resources } from '../../../kubernetes/workloads/resources';
import { SingletonStatefulSet } from '../../../kubernetes/workloads/singletons';
import { VolumeClaim } from '../../../kubernetes/workloads/volume-claim';
import { claimVolume, configVolume, scratch, secretsVolume } from '../../../kubernetes/workloads/volumes';
import type { System } from '../../../system';
import type { IBaseBackup, IMatrixDatabase } from '../../database';
import type { PostgresOptions } from '../postgres-options';

/** Props of {@link WalReceiver}. */
export interface WalReceiverProps {
  /** The system that the receiver belongs to. */
  readonly system: System;
  /** The server whose WAL it receives. */
  readonly postgres: IMatrixDatabase & IBaseBackup;
  /** Returns the time after which the server archives WAL; undefined when it does not. */
  readonly archiveTimeout: () => Duration | undefined;
  /** Requests and limits. @default - 20m CPU, 32Mi memory with a limit of 256Mi */
  readonly resources?: Resources;
}

/**
 * Returns whether there is a receiver.
 *
 * @throws when its resources are set without it.
 */
export function withReceiver({ synchronousReplication = false, receiverResources }: PostgresOptions): boolean {
  if (receiverResources && !synchronousReplication) {
    throw new Error(
      'receiverResources are set, but there is no WAL receiver: set synchronousReplication: true, or leave them out',
    );
  }
  return synchronousReplication;
}

/** Room for WAL that is not archived yet: ten hours of a failing archive at one 16 MiB segment each minute. */
const STORAGE = Size.gibibytes(10);

/**
 * A synchronous WAL receiver: PostgreSQL acknowledges a commit only after its WAL is on a second claim, on another
 * node where there is one. No acknowledged message is lost with the node or the volume of the database.
 *
 * While the receiver is away, or its volume is full, **every write waits** and holds one of Synapse's connections.
 * Reads continue only until all connections wait. The receiver's pod is not ready then. Writes continue by themselves
 * when it is back. PostgreSQL keeps 2 GB of WAL for it, about two hours at one segment each minute. After that the
 * receiver starts with a new slot, and the WAL that it missed is only in the archive.
 *
 * @see https://www.postgresql.org/docs/17/warm-standby.html#SYNCHRONOUS-REPLICATION
 */
export class WalReceiver extends Construct implements IPeer {
  public readonly peer: Peer;
  /** Claim with the WAL that is not archived yet, in a folder for each database system. */
  public readonly claimName: string;
  /** Name of the StatefulSet, and of the receiver in `synchronous_standby_names`. */
  public readonly workloadName: string;
  private readonly workload: WorkloadLabels;

  constructor(scope: Construct, id: string, props: WalReceiverProps) {
    super(scope, id);
    const { system, postgres, archiveTimeout } = props;
    this.node.addValidation({
      validate: () =>
        archiveTimeout()
          ? []
          : ['synchronousReplication is true without backups, so WAL fills the receiver: add backups, or leave it out'],
    });
    this.workload = system.labels('matrix-wal-receiver', 'wal-receiver');
    this.workloadName = this.workload.app;
    this.claimName = system.objectName('matrix-wal-receiver-pvc');
    this.peer = this.declareTraffic(postgres);
    new VolumeClaim(this, 'Log', {
      workload: this.workload,
      name: this.claimName,
      size: STORAGE,
      system,
    });
    const script = new k8s.KubeConfigMap(this, 'Script', {
      metadata: { name: this.workloadName, labels: labelsOf(this.workload) },
      data: { 'receive-wal.sh': fileBeside(__dirname, 'receive-wal.sh') },
    });
    new SingletonStatefulSet(this, 'Default', {
      workload: this.workload,
      configMaps: [script],
      pod: () => this.pod(props),
      remedy: 'PostgreSQL waits for one receiver',
    });
  }

  private declareTraffic(postgres: IMatrixDatabase): Peer {
    const traffic = new Traffic(this, 'Traffic', this.workload);
    traffic.allowDns();
    // Replication does not count as a client connection, and one query a minute fits into the spare ones.
    postgres.allowFrom(traffic, 0);
    return traffic.peer;
  }

  private pod({ system, postgres, resources = amounts(20, 32, 256) }: WalReceiverProps): k8s.PodSpec {
    const script = ['/bin/bash', '/scripts/receive-wal.sh'];
    return system._pod({
      uid: postgres.uid,
      affinity: apartAffinity(postgres.podLabels),
      containers: [
        {
          name: 'receiver',
          image: postgres.image,
          resources,
          command: script,
          env: [
            { name: 'PGHOST', value: postgres.host },
            { name: 'PGPORT', value: String(postgres.port) },
            { name: 'PGUSER', value: 'backup' },
            { name: 'PGDATABASE', value: postgres.database },
            { name: 'PGREQUIREAUTH', value: 'scram-sha-256' },
            { name: 'PASSWORD_FILE', value: '/role/backup' },
            { name: 'STANDBY', value: this.workloadName },
          ],
          volumeMounts: [
            { name: 'receiver', mountPath: '/receiver' },
            { name: 'scripts', mountPath: '/scripts', readOnly: true },
            { name: 'role', mountPath: '/role', readOnly: true },
            { name: 'tmp', mountPath: '/tmp' },
          ],
          // Not ready means that commits wait.
          readinessProbe: { exec: { command: [...script, 'ready'] }, periodSeconds: 10, timeoutSeconds: 10 },
        },
      ],
      volumes: [
        claimVolume('receiver', this.claimName),
        configVolume('scripts', this.workloadName),
        scratch('tmp', '10Mi'),
        secretsVolume('role', { backup: postgres.backupPassword }),
      ],
    });
  }
}
