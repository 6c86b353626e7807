import type { k8s } from '../../kubernetes/k8s';
import type { IPeer } from '../../kubernetes/network/peer';
import type { ISecretKey } from '../../kubernetes/secret-key';

/** A repository that is not on the claim. */
export interface RepositoryLocation {
  /** Access for making, checking and restoring backups. */
  readonly backup: RepositoryAccess;
  /** Access for removing old backups. */
  readonly prune: RepositoryAccess;
  readonly appendOnly: boolean;
  readonly peer: IPeer;
  /** Certificate of a private CA. @default - public CAs are trusted */
  readonly caCertificate?: ISecretKey;
}

/** Access of one user to a repository. */
export interface RepositoryAccess {
  /** As restic names it. */
  readonly repository: string;
  /** Port to open for it. */
  readonly port: number;
  /** Environment with the user's credentials. */
  readonly credentials: k8s.EnvVar[];
}
