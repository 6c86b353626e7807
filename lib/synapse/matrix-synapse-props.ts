import type { Size } from 'cdk8s';
import type { ImageOptions } from '../kubernetes/images/image';
import type { Resources } from '../kubernetes/workloads/resources';
import type { IMatrixPostgres } from '../postgres/database';
import type { SystemSecrets } from '../secrets/system-secrets';
import type { SynapsePorts } from './ports';
import type { SynapseOptions } from './synapse-options';

/** Props of `MatrixSynapse`. */
export interface MatrixSynapseProps extends SynapseOptions, ImageOptions {
  readonly postgres: IMatrixPostgres;
  readonly secrets: SystemSecrets;
  /** @default - 8008, 8009 and 9000 */
  readonly ports?: SynapsePorts;
  /** @default - by `size` */
  readonly resources?: Resources;
  /** Room for media. @default 10Gi */
  readonly storage?: Size;
}
