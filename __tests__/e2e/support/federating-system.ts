import { ApiObject, type ApiObjectProps, Testing, Yaml } from 'cdk8s';
import {
  Accounts,
  Backups,
  type Calls,
  type Entry,
  type Federation,
  MatrixChart,
  SecretKey,
  type Workers,
} from '../../../lib';
import type { Authority } from './authority';
import { askController, CONTROLLER_HOST, controllerAddress, forwardToController, TLS } from './controller';
import { eventually } from './kubectl';
import { Matrix } from './matrix';
import type { PortForward } from './port-forward';
import { secret } from './public-system';
import { removeNamespace, System } from './system';

/**
 * A system that other systems in the cluster find by its host names. Both are names of Services that lead to the
 * controller, as public names would.
 */
export class FederatingSystem {
  /** Server name in user IDs, `server.<namespace>`. It serves only discovery. */
  public readonly serverName: string;
  /** Host that discovery points to. */
  public readonly host: string;
  public readonly namespace: string;
  private system?: System;
  private forward?: PortForward;
  private client?: Matrix;

  constructor(
    private readonly name: string,
    private readonly authority: Authority,
    private readonly entry: Entry,
    private readonly workers?: Workers,
  ) {
    this.namespace = `matrix-e2e-${name}`;
    this.serverName = `server.${this.namespace}.svc.cluster.local`;
    this.host = `matrix.${this.namespace}.svc.cluster.local`;
  }

  /** Installs it, and returns when other systems can find it. */
  public async install(federation: Federation, calls?: Calls): Promise<void> {
    const { certificate, key } = this.authority.certify(this.serverName, this.host);
    const extra = [
      secret(TLS, { 'tls.crt': certificate, 'tls.key': key }, 'kubernetes.io/tls'),
      secret('own-authority', { 'ca.crt': this.authority.certificate }),
      ...['server', 'matrix'].map(leadsToController),
    ];
    this.system = await System.apply(this.name, this.manifest(federation, calls, extra));
    this.forward = await forwardToController();
    const sharedSecret = await this.system.secret('matrix-synapse-secret', 'registration_shared_secret');
    const url = this.workers ? this.system.url('deployment/matrix-edge', 8010) : this.system.url();
    this.client = new Matrix(await url, sharedSecret);
    await this.ready();
  }

  /** Applies changed props, as an operator does. */
  public async apply(federation: Federation, calls?: Calls): Promise<void> {
    await this.running.kubectl(['apply', '-f', '-'], this.manifest(federation, calls));
    await this.ready();
  }

  /** Client and admin API. */
  public get matrix(): Matrix {
    if (!this.client) {
      throw new Error(`${this.name} is not installed`);
    }
    return this.client;
  }

  /** The answer to another server through the controller, in the name of `sender` with a false signature. */
  public ask(host: string, path: string, sender?: string): Promise<{ status?: number; body: string }> {
    const signature = `X-Matrix origin="${sender}",destination="${this.serverName}",key="ed25519:a",sig="c2ln"`;
    return askController(this.forward, this.authority, host, path, sender ? { Authorization: signature } : {});
  }

  /** Whether it has given up reaching another server for now. */
  public async failsToReach(server: string): Promise<boolean> {
    const query = `SELECT count(*) FROM destinations WHERE destination = '${server}' AND failure_ts IS NOT NULL`;
    return (await this.running.sql(query)) === '1';
  }

  public async remove(): Promise<void> {
    this.forward?.close();
    await this.system?.remove();
    // It may not have started.
    await removeNamespace(this.namespace);
  }

  /** The system, which must be installed. */
  public get running(): System {
    if (!this.system) {
      throw new Error(`${this.name} is not installed`);
    }
    return this.system;
  }

  private manifest(federation: Federation, calls?: Calls, extra: object[] = []): string {
    const chart = new MatrixChart(Testing.app(), 'matrix', {
      namespace: this.namespace,
      serverName: this.serverName,
      publicBaseUrl: `https://${this.host}`,
      synapse: { federation, caCertificates: SecretKey.fromSecretName('own-authority', 'ca.crt') },
      edge: { entry: this.entry, replicas: 1 },
      workers: this.workers,
      calls,
      accounts: Accounts.none(),
      backups: Backups.none(),
    });
    for (const [index, object] of extra.entries()) {
      new ApiObject(chart, `Extra${index}`, object as ApiObjectProps);
    }
    // Two systems beside another suite must fit on a small node.
    return Yaml.stringify(...chart.toJson()).replaceAll(/cpu: (200|300)m/g, 'cpu: 100m');
  }

  private async ready(): Promise<void> {
    for (const workload of ['matrix-synapse', 'matrix-edge']) {
      await this.running.kubectl(['rollout', 'status', `deployment/${workload}`, '--timeout=240s']);
    }
    if (this.workers) {
      await this.running.workersReady();
    }
    // The controller may use the old proxy, which answers as before, until it is gone.
    await eventually('the old proxy to end', 90, async () => {
      const pods = await this.running.kubectl(['get', 'pods', '-l', 'app=matrix-edge', '-o', 'name']);
      return pods.trim().split('\n').length === 1;
    });
    await eventually(`${this.serverName} to be found`, 60, async () => {
      const discovery = await this.ask(this.serverName, '/.well-known/matrix/server');
      const outside = await this.ask(this.host, '/_matrix/client/versions');
      const inside = await this.matrix.request('GET', '/_matrix/client/versions');
      return [discovery, outside, inside].every(({ status }) => status === 200);
    });
  }
}

/** The address of the names of both systems, as Synapse resolves them. */
export async function controllerRange(): Promise<string> {
  return `${await controllerAddress()}/32`;
}

function leadsToController(name: string) {
  const spec = { type: 'ExternalName', externalName: `${CONTROLLER_HOST}.svc.cluster.local` };
  return { apiVersion: 'v1', kind: 'Service', metadata: { name }, spec };
}
