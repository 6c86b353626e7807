import type { Size } from 'cdk8s';
import type { ImageOptions } from '../kubernetes/images/image';
import type { Resources, SystemSize } from '../kubernetes/workloads/resources';
import type { SystemSecrets } from '../secrets/system-secrets';

/** Props of `MatrixPostgres`. */
export interface MatrixPostgresProps extends ImageOptions {
  /** Passwords of Synapse's user and of the role `backup`; the database takes them over whenever they change. */
  readonly secrets: SystemSecrets;
  /** @default synapse */
  readonly database?: string;
  /** @default synapse_user */
  readonly user?: string;
  /** @default SystemSize.SMALL */
  readonly size?: SystemSize;
  /** @default - by `size` */
  readonly resources?: Resources;
  /** @default 20Gi */
  readonly storage?: Size;
  /** @default - the cluster's default class */
  readonly storageClass?: string;
  /**
   * Parameters of `postgresql.conf` that win over ours.
   *
   * @default - none
   * @see https://www.postgresql.org/docs/17/runtime-config.html
   */
  readonly parameters?: { [name: string]: string };
  /** @default - none */
  readonly namePrefix?: string;
}
