import { checked } from '../../kubernetes/checks/checked';
import type { k8s } from '../../kubernetes/k8s';
import { Peer } from '../../kubernetes/network/peer';
import { Traffic } from '../../kubernetes/network/traffic';
import { secretsVolume } from '../../kubernetes/workloads/volumes';
import type { RepositoryAccess, RepositoryLocation } from './repository-address';
import { type RestRepositoryProps, restLocation } from './rest-repository';
import { type S3RepositoryProps, s3Location } from './s3-repository';

const CA_VOLUME = 'repository-ca';
const CA_FOLDER = '/repository-ca';

/**
 * The repository of the backups. restic encrypts all data before it leaves the pod.
 *
 * @see https://restic.readthedocs.io/en/stable/030_preparing_a_new_repo.html
 */
@checked
export class BackupRepository {
  /** A repository on the claim of the backups, and lost with it: only for trials and small systems. */
  public static claim(): BackupRepository {
    return new BackupRepository();
  }

  /**
   * A repository in a bucket of an S3 store.
   *
   * @throws when the store or restic would refuse a prop, or an append-only repository could be emptied or never
   * pruned.
   */
  public static s3(props: S3RepositoryProps): BackupRepository {
    return new BackupRepository(s3Location(props));
  }

  /**
   * A repository behind restic's REST server.
   *
   * @throws as {@link s3}.
   */
  public static restServer(props: RestRepositoryProps): BackupRepository {
    return new BackupRepository(restLocation(props));
  }

  /** Whether the repository is on the claim of the backups. */
  public readonly onClaim: boolean;
  /** Whether the user that makes backups cannot delete any. */
  public readonly appendOnly: boolean;
  /** Address of an off-site repository, as restic names it. Undefined on the claim. */
  public readonly address?: string;

  private constructor(private readonly location?: RepositoryLocation) {
    this.address = location?.backup.repository;
    this.onClaim = location === undefined;
    this.appendOnly = location?.appendOnly ?? false;
  }

  /**
   * Environment for restic.
   *
   * @param prune for the job that removes old backups.
   * @internal
   */
  public _environment(prune = false): k8s.EnvVar[] {
    const access = this.access(prune);
    return [
      { name: 'RESTIC_REPOSITORY', value: access?.repository ?? '/backup/repository' },
      ...(access?.credentials ?? []),
      ...(this.location?.caCertificate ? [{ name: 'RESTIC_CACERT', value: `${CA_FOLDER}/ca.crt` }] : []),
    ];
  }

  /** @internal */
  public _volumes(): k8s.Volume[] {
    const { caCertificate } = this.location ?? {};
    return caCertificate ? [secretsVolume(CA_VOLUME, { 'ca.crt': caCertificate })] : [];
  }

  /** @internal */
  public _volumeMounts(): k8s.VolumeMount[] {
    return this.location?.caCertificate ? [{ name: CA_VOLUME, mountPath: CA_FOLDER, readOnly: true }] : [];
  }

  /**
   * Allows pods to reach it, and the name server of the cluster. A repository on the claim needs no network.
   *
   * @param prune for the job that removes old backups.
   * @internal
   */
  public _allowFrom(traffic: Traffic, prune = false): void {
    const access = this.access(prune);
    if (!this.location || !access) {
      return;
    }
    if (!Traffic.connections(traffic).some(({ to }) => to === Peer.DNS)) {
      traffic.allowDns();
    }
    traffic.allowTo(this.location.peer, 'backup repository', { name: 'repository', number: access.port });
  }

  private access(prune: boolean): RepositoryAccess | undefined {
    return prune ? this.location?.prune : this.location?.backup;
  }
}
