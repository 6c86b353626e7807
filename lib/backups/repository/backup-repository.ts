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
 * Where backups are kept: a repository of restic, which encrypts before anything leaves the pod.
 *
 * @see https://restic.readthedocs.io/en/stable/030_preparing_a_new_repo.html
 */
export class BackupRepository {
  /** On the claim of the backups: lost with it, so for trials and small systems only. */
  public static claim(): BackupRepository {
    return new BackupRepository();
  }

  /**
   * In a bucket of an S3 store.
   *
   * @throws on what the store or restic would refuse, and when an append-only one could be emptied, or would grow for
   * ever.
   */
  public static s3(props: S3RepositoryProps): BackupRepository {
    return new BackupRepository(s3Location(props));
  }

  /**
   * Behind restic's REST server.
   *
   * @throws as {@link s3}.
   */
  public static restServer(props: RestRepositoryProps): BackupRepository {
    return new BackupRepository(restLocation(props));
  }

  /** Whether it is on the claim of the backups. */
  public readonly onClaim: boolean;
  /** Whether the user that makes backups cannot delete any. */
  public readonly appendOnly: boolean;
  /** Where it is off-site, as restic names it; undefined on the claim. */
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
   * Lets pods reach it, and the cluster's name server unless they do already; the claim needs no network.
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
