import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Duration } from 'cdk8s';
import { BackupRepository, Backups, Federation } from '../../../lib';
import { Authority } from '../support/authority';
import { TLS } from '../support/controller';
import { eventually } from '../support/kubectl';
import { PublicSystem, secret } from '../support/public-system';
import { type SmallDisk, smallDisk } from '../support/small-disk';
import type { System } from '../support/system';
import { type Examination, examine, lineOf, problems } from './examination';
import type { Fault } from './faults/fault';

/** A public system with backups, and a machine from which the doctor looks at it. */
export class Stage {
  public static readonly NAMESPACE = 'matrix-e2e-doctor';

  public static async open(): Promise<Stage> {
    const disk = await smallDisk(Stage.NAMESPACE, 'matrix-synapse-data', 64);
    const authority = Authority.make();
    const site = await PublicSystem.install('doctor', authority, {
      // A busy machine may take more than a minute for the first WAL.
      backups: Backups.to(BackupRepository.claim(), { recoveryPointObjective: Duration.minutes(10) }),
      synapse: { federation: Federation.OPEN },
    });
    return new Stage(site, authority, disk);
  }

  private readonly folder = mkdtempSync(join(tmpdir(), 'matrix-doctor-'));

  private constructor(
    private readonly site: PublicSystem,
    private readonly authority: Authority,
    private readonly disk: SmallDisk,
  ) {
    writeFileSync(join(this.folder, 'ca.pem'), authority.certificate);
    writeFileSync(join(this.folder, 'matrix.k8s.yaml'), site.system.manifest);
  }

  public get system(): System {
    return this.site.system;
  }

  /** Looks at everything. */
  public look(environment: { [name: string]: string } = {}): Promise<Examination> {
    const ways = Object.entries(this.site.ways).flatMap(([place, address]) => ['--resolve', `${place}:${address}`]);
    const trust = { NODE_EXTRA_CA_CERTS: join(this.folder, 'ca.pem') };
    const args = [...ways, '--rendered', join(this.folder, 'matrix.k8s.yaml')];
    return examine(Stage.NAMESPACE, args, { ...trust, ...environment });
  }

  /** Looks until the answer is as expected, or returns the last one. */
  public async lookUntil(seconds: number, isExpected: (found: Examination) => boolean): Promise<Examination> {
    let last = await this.look();
    await eventually('the expected findings', seconds, async () => {
      if (isExpected(last)) {
        return true;
      }
      last = await this.look();
      return false;
    }).catch(() => undefined);
    return last;
  }

  /** Confirms that the password is saved, and waits until a new system is well. */
  public async settle(): Promise<Examination> {
    await this.system.kubectl(['patch', 'secret', 'matrix-backup-secret', '--type=merge', '-p', ESCROWED]);
    await this.system.kubectl(['delete', 'pod', '-l', 'app=matrix-backup-agent']);
    // A new database has some background updates, which take a minute.
    return this.lookUntil(120, (found) => problems(found).every((line) => /^warn (backup|drill):/.test(line)));
  }

  /** Plants faults in their order, and looks until all are named. The test of each sees what is missing. */
  public async after(faults: Fault[]): Promise<Examination> {
    for (const { plant } of faults) {
      await plant(this);
    }
    return this.lookUntil(90, ({ findings }) =>
      faults.every(({ named }) => findings.some((one) => named.test(lineOf(one)))),
    );
  }

  public async useCertificateFor(days: number): Promise<void> {
    const { certificate, key } = this.authority.certifyFor(days, this.site.host, this.site.serverName);
    const made = secret(TLS, { 'tls.crt': certificate, 'tls.key': key }, 'kubernetes.io/tls');
    await this.system.kubectl(['apply', '-f', '-'], JSON.stringify(made));
  }

  public fillMedia(): Promise<void> {
    return this.disk.fill();
  }

  public async close(): Promise<void> {
    await this.site.remove();
    await this.disk.remove();
  }
}

const ESCROWED = '{"stringData":{"escrowed":"yes"}}';
