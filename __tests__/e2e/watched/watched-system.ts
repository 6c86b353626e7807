import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ApiObject, type ApiObjectProps, Duration, Testing, Yaml } from 'cdk8s';
import {
  BackupRepository,
  Backups,
  type EdgeOptions,
  Federation,
  HomeserverConfig,
  MatrixChart,
  Monitoring,
  Probes,
  Rules,
  Upkeep,
  type Workers,
} from '../../../lib';
import type { Rule } from '../../../lib/monitoring/rules/rule-groups';
import { groupsIn } from '../../support/alerts';
import type { Manifest } from '../../support/manifests';
import { Authority, type Certificate } from '../support/authority';
import { CONTROLLER_HOST, INGRESS, SYNTHETIC_USER, TLS } from '../support/controller';
import { Matrix } from '../support/matrix';
import { secret } from '../support/public-system';
import { Shell } from '../support/shell';
import { System } from '../support/system';
import { Prober } from './prober';
import { COLLECTOR, Prometheus } from './prometheus';

/** Seconds for which an alert must hold in these tests. Its own patience is tried by promtool. */
export const PATIENCE = 5;

/** What a system may have that others do not. */
interface Extras {
  /** The node port, and what clients in the cluster may use it beside the controller. */
  readonly edge?: Pick<EdgeOptions, 'nodePort' | 'allowedClients'>;
  readonly workers?: Workers;
}

/** Beside our own modules, in the ConfigMap that has this one. */
const MODULE = { module: 'counts_now.CountsNow', config: {} };
const BESIDE = 'media_volume.py';

/** A system that Prometheus watches, also at its public addresses, which are names of Services here. */
export class WatchedSystem {
  /**
   * @param objective recovery point objective, which the alerts on WAL follow from.
   */
  public static async install(
    name: string,
    objective: Duration,
    { edge, workers }: Extras = {},
  ): Promise<WatchedSystem> {
    const namespace = `matrix-e2e-${name}`;
    const prober = new Prober(`${namespace}-prober`);
    const authority = Authority.make();
    const [serverName, host] = ['server', 'matrix'].map((one) => `${one}.${namespace}.svc.cluster.local`);
    const chart = new MatrixChart(Testing.app(), 'matrix', {
      namespace,
      serverName,
      publicBaseUrl: `https://${host}`,
      synapse: {
        config: HomeserverConfig.oriso().extend({
          limit_usage_by_mau: true,
          max_mau_value: 1000,
          modules: [MODULE],
        }),
        federation: Federation.OPEN,
      },
      edge: { ...edge, entry: INGRESS },
      workers,
      backups: Backups.to(BackupRepository.claim(), { recoveryPointObjective: objective }),
      syntheticUser: SYNTHETIC_USER,
      upkeep: Upkeep.nightly({ abandonedRoomsAfter: Duration.days(90) }),
      monitoring: Monitoring.prometheusOperator({
        collector: COLLECTOR,
        probes: Probes.blackbox(prober.address),
        rules: Rules.recommended({ rotateSecretsEvery: Duration.days(1) }),
      }),
    });
    const { certificate, key } = authority.certify(serverName, host);
    const tls = secret(TLS, { 'tls.crt': certificate, 'tls.key': key }, 'kubernetes.io/tls');
    const authorities = secret('private-ca', { 'ca.crt': authority.certificate });
    for (const [index, object] of [tls, authorities, ...['server', 'matrix'].map(leadsToController)].entries()) {
      new ApiObject(chart, `Extra${index}`, object as ApiObjectProps);
    }
    const manifests: Manifest[] = chart.toJson();
    const settings = manifests.find(({ kind, data }) => kind === 'ConfigMap' && BESIDE in data);
    settings.data['counts_now.py'] = readFileSync(join(__dirname, 'counts_now.py'), 'utf8');
    await prober.install(authority);
    const system = await System.apply(name, impatient(Yaml.stringify(...manifests)));
    await system.kubectl(['rollout', 'status', 'deployment/matrix-backup-agent', '--timeout=240s']);
    const shell = Shell.withoutSystem(namespace, system.manifest);
    const certify = (days: number) => authority.certifyFor(days, serverName, host);
    return new WatchedSystem(system, prober, await Prometheus.open(), shell, manifests, certify);
  }

  private constructor(
    public readonly system: System,
    private readonly prober: Prober,
    public readonly prometheus: Prometheus,
    /** Runs commands as they are printed. */
    public readonly shell: Shell,
    private readonly manifests: Manifest[],
    /** Makes a certificate for its hosts. */
    public readonly certify: (days: number) => Certificate,
  ) {}

  /** Its alerts as they are rendered. */
  public get rules(): Rule[] {
    return groupsIn(this.manifests).flatMap(({ rules }) => rules);
  }

  /** A client, through a proxy, or of another process. */
  public async client(target = 'deployment/matrix-edge', port = 8010): Promise<Matrix> {
    const sharedSecret = await this.system.secret('matrix-synapse-secret', 'registration_shared_secret');
    return new Matrix(await this.system.url(target, port), sharedSecret);
  }

  public async remove(): Promise<void> {
    this.prometheus.close();
    this.shell.close();
    await this.system.remove();
    await this.prober.remove();
  }
}

/** A manifest whose alerts do not wait. It must fit on a small node beside another suite. */
export function impatient(manifest: string): string {
  return manifest.replaceAll(/^( +for:) \d+s$/gm, `$1 ${PATIENCE}s`).replaceAll(/cpu: (200|300)m/g, 'cpu: 100m');
}

function leadsToController(name: string) {
  const spec = { type: 'ExternalName', externalName: `${CONTROLLER_HOST}.svc.cluster.local` };
  return { apiVersion: 'v1', kind: 'Service', metadata: { name }, spec };
}
