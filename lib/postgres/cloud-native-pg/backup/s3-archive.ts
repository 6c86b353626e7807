import type { Duration } from 'cdk8s';
import {
  ClusterSpecBackupBarmanObjectStoreWalCompression as Compression,
  ScheduledBackupSpecMethod as Method,
} from '../../../../imports/postgresql.cnpg.io';
import type { S3Credentials } from '../../../backups/repository/s3-repository';
import { openedPort } from '../../../kubernetes/network/peer-port';
import { checkReachable } from '../../../kubernetes/network/private-address';
import { checkedSecretKey, type ISecretKey } from '../../../kubernetes/secret-key';
import type { ClusterArchive, ClusterArchiveOptions } from './cluster-archive';

/** Options of `ClusterBackup.s3`. */
export interface S3ArchiveOptions extends ClusterArchiveOptions {
  /** Bucket and path, such as `s3://backups/matrix`. */
  readonly destination: string;
  /** Address of the store, such as `https://s3.example.org`. @default - Amazon S3 */
  readonly endpoint?: string;
  /** The user that may list, read, write and delete below `destination`. */
  readonly credentials: S3Credentials;
  /** How long backups stay, in whole days. @default Duration.days(30) */
  readonly retention?: Duration;
  /** Certificate of the private CA that signed the store's certificate. @default - public CAs are trusted */
  readonly caCertificate?: ISecretKey;
  /** Whether a store without TLS is accepted, such as one in the cluster. @default false */
  readonly allowPlainHttp?: boolean;
}

/** An archive in a bucket, which the instances themselves write. */
export function s3Archive(options: S3ArchiveOptions): ClusterArchive {
  const { destination, credentials, retention, caCertificate } = options;
  if (!/^s3:\/\/[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](\/[\w.-]+)*$/.test(destination)) {
    throw new Error(`destination '${destination}' is not a bucket and path: use one such as s3://backups/matrix`);
  }
  const days = retention?.toDays({ integral: false }) ?? 30;
  if (!Number.isInteger(days) || days < 1) {
    throw new Error(`retention must be whole days from 1, got ${days}: use Duration.days(30)`);
  }
  const reference = (prop: keyof S3Credentials) => {
    const { secretName: name, key } = checkedSecretKey(credentials[prop], `${prop} of the backups of the database`);
    return { name, key };
  };
  const ca = caCertificate && checkedSecretKey(caCertificate, 'caCertificate of the backups of the database');
  const store = {
    destinationPath: destination,
    endpointUrl: options.endpoint,
    endpointCa: ca && { name: ca.secretName, key: ca.key },
    s3Credentials: { accessKeyId: reference('accessKeyId'), secretAccessKey: reference('secretAccessKey') },
  };
  return {
    port: checkedPort(options),
    lastBackup: 'cnpg_collector_last_available_backup_timestamp',
    method: { method: Method.BARMAN_OBJECT_STORE },
    into: (serverName) => ({
      backup: {
        barmanObjectStore: { ...store, serverName, wal: { compression: Compression.GZIP } },
        retentionPolicy: `${days}d`,
      },
    }),
    from: (serverName) => ({ barmanObjectStore: { ...store, serverName } }),
  };
}

function checkedPort({ endpoint, allowPlainHttp, peer, port }: S3ArchiveOptions): number {
  if (endpoint === undefined) {
    return openedPort('port', { addressPort: 443, port, peer });
  }
  const url = URL.canParse(endpoint) ? new URL(endpoint) : undefined;
  if (!url || !/^https?:\/\/[^/?#@\s]+$/.test(endpoint)) {
    throw new Error('endpoint is not an address without a path or credentials: use one such as https://s3.example.org');
  }
  if (url.protocol === 'http:' && !allowPlainHttp) {
    throw new Error(
      `endpoint '${endpoint}' would send messages unencrypted: use https://, or within a cluster set allowPlainHttp: true`,
    );
  }
  checkReachable('endpoint', endpoint, peer, "Peer.pods({ app: 'minio' }, 'storage')");
  const addressPort = Number(url.port || (url.protocol === 'http:' ? 80 : 443));
  return openedPort('port', { addressPort, port, peer });
}
