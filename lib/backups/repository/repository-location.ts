import type { k8s } from '../../kubernetes/k8s';
import type { IPeer } from '../../kubernetes/network/peer';
import type { ISecretKey } from '../../kubernetes/secret-key';

/** One way to a repository. */
export interface RepositoryAccess {
  /** In restic's words. */
  readonly repository: string;
  /** Port to open for it. */
  readonly port: number;
  /** Who comes. */
  readonly credentials: k8s.EnvVar[];
}

/** A repository that is not on the claim. */
export interface RepositoryLocation {
  readonly backup: RepositoryAccess;
  readonly prune: RepositoryAccess;
  readonly appendOnly: boolean;
  readonly peer: IPeer;
  readonly caCertificate?: ISecretKey;
}
