import { Size } from 'cdk8s';
import { Construct } from 'constructs';
import { fileBeside } from '../kubernetes/files';
import { k8s } from '../kubernetes/k8s';
import { CONFIG_HASH, configHash } from '../kubernetes/metadata/config-hash';
import { type Identity, labelsOf, selectorLabels } from '../kubernetes/metadata/labels';
import { objectName } from '../kubernetes/metadata/names';
import { checkUniqueNames } from '../kubernetes/metadata/objects';
import type { IPeer, Peer } from '../kubernetes/network/peer';
import { Traffic } from '../kubernetes/network/traffic';
import { apartAffinity } from '../kubernetes/workloads/affinity';
import { hardenedPod } from '../kubernetes/workloads/hardened-pod';
import { resources } from '../kubernetes/workloads/resources';
import { checkSingle } from '../kubernetes/workloads/singleton-deployment';
import { renderClaim } from '../kubernetes/workloads/volume-claim';
import { claimVolume, configVolume, scratch, secretsVolume } from '../kubernetes/workloads/volumes';
import type { MatrixPostgres } from './matrix-postgres';

/** Props of {@link WalReceiver}. */
export interface WalReceiverProps {
  readonly postgres: MatrixPostgres;
  /**
   * Room for log that is not archived yet: at most 16 MiB a minute while nobody does much, so ten hours of a broken archive.
   *
   * @default 10Gi
   */
  readonly storage?: Size;
  /** One that does not fail with the node or volume of the database. @default - the cluster's default class */
  readonly storageClass?: string;
  /** @default - none */
  readonly namePrefix?: string;
}

/**
 * A second place for every commit before it is acknowledged, on another node where there is one: nothing that was acknowledged is
 * lost with the node or the volume of the database.
 *
 * The price: while the receiver is away, or its volume is full, **every write waits**, and with it one of Synapse's connections: reads
 * go on only until all of those wait. When it is back all goes on by itself. Its pod is not ready in the meantime. PostgreSQL keeps 2 GB of log for it, some two hours at a file each minute; after that
 * the receiver begins anew, and what it missed is in the archive alone.
 *
 * @see https://www.postgresql.org/docs/17/warm-standby.html#SYNCHRONOUS-REPLICATION
 */
export class WalReceiver extends Construct implements IPeer {
  public readonly peer: Peer;
  /** Claim with the log that is not archived yet, in a folder for each database system. */
  public readonly claimName: string;
  /** Name of the StatefulSet, and the one PostgreSQL knows the receiver by. */
  public readonly workloadName: string;

  constructor(scope: Construct, id: string, props: WalReceiverProps) {
    super(scope, id);
    checkUniqueNames(this);
    const { postgres, namePrefix } = props;
    this.workloadName = objectName(namePrefix, 'matrix-wal-receiver');
    this.claimName = objectName(namePrefix, 'matrix-wal-receiver-pvc');
    const part: Identity = { app: this.workloadName, component: 'wal-receiver', namePrefix };
    const traffic = new Traffic(this, 'Traffic', part);
    this.peer = traffic.peer;
    traffic.allowDns();
    // It takes no connection of the clients': replication has its own, and what is archived is asked for once a minute.
    postgres.allowFrom(this, 0);
    postgres.synchronousWith(this.workloadName);

    renderClaim(this, 'Log', {
      identity: part,
      name: this.claimName,
      size: props.storage ?? Size.gibibytes(10),
      storageClass: props.storageClass,
    });
    const data = { 'receive-wal.sh': fileBeside(__dirname, 'receive-wal.sh') };
    new k8s.KubeConfigMap(this, 'Script', { metadata: { name: this.workloadName, labels: labelsOf(part) }, data });
    this.renderStatefulSet(part, configHash(data), postgres);
  }

  private renderStatefulSet(part: Identity, hash: string, postgres: MatrixPostgres): void {
    const labels = labelsOf(part);
    const workload = new k8s.KubeStatefulSet(this, 'Default', {
      metadata: { name: this.workloadName, labels },
      spec: {
        replicas: 1,
        // Nobody connects to it, so that there is no Service of that name.
        serviceName: this.workloadName,
        selector: { matchLabels: selectorLabels(part) },
        template: { metadata: { labels, annotations: { [CONFIG_HASH]: hash } }, spec: this.pod(postgres) },
      },
    });
    checkSingle(workload, 'leave 1; one receiver is what PostgreSQL waits for');
  }

  private pod(postgres: MatrixPostgres): k8s.PodSpec {
    const script = ['/bin/bash', '/scripts/receive-wal.sh'];
    return hardenedPod({
      uid: postgres.uid,
      imagePullSecrets: postgres.imagePullSecrets,
      affinity: apartAffinity(postgres.podLabels),
      containers: [
        {
          name: 'receiver',
          image: postgres.image,
          resources: resources(20, 32, 256),
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
          // Not ready: commits wait.
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
