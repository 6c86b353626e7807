import { Testing, Yaml } from 'cdk8s';
import { Backups, MatrixChart, type MatrixChartProps } from '../../../lib';
import type { Authority } from './authority';
import { askController, forwardToController, INGRESS, TLS } from './controller';
import { eventually } from './kubectl';
import type { PortForward } from './port-forward';
import { System } from './system';

/** A system at a public address, through the cluster's controller, with TLS by the private CA of the tests. */
export class PublicSystem {
  /** Installs `<name>.test` at `https://matrix.<name>.test`, in the namespace `matrix-e2e-<name>`. */
  public static async install(
    name: string,
    authority: Authority,
    props: Partial<MatrixChartProps> = {},
    secrets: object[] = [],
  ): Promise<PublicSystem> {
    const serverName = `${name}.test`;
    const host = `matrix.${serverName}`;
    const namespace = `matrix-e2e-${name}`;
    const chart = new MatrixChart(Testing.app(), 'matrix', {
      namespace,
      serverName,
      publicBaseUrl: `https://${host}`,
      edge: { entry: INGRESS },
      backups: Backups.none(),
      ...props,
    });
    const { certificate, key } = authority.certify(...hostsOf(serverName));
    const tls = secret(TLS, { 'tls.crt': certificate, 'tls.key': key }, 'kubernetes.io/tls');
    const objects = [...chart.toJson(), ...[tls, ...secrets].map((made) => inNamespace(made, namespace))];
    const system = await System.apply(name, Yaml.stringify(...objects));
    const forward = await forwardToController();
    const found = new PublicSystem(system, host, serverName, authority, forward);
    try {
      await system.kubectl(['rollout', 'status', 'deployment/matrix-edge', '--timeout=120s']);
      await eventually(`${host} to answer`, 60, async () => (await found.status('/_matrix/client/versions')) === 200);
    } catch (problem) {
      await found.remove();
      throw problem;
    }
    return found;
  }

  private constructor(
    public readonly system: System,
    public readonly host: string,
    public readonly serverName: string,
    private readonly authority: Authority,
    private readonly forward: PortForward,
  ) {}

  public get url(): string {
    return `https://${this.host}`;
  }

  /** Real addresses of its hosts, for a browser on this machine. */
  public get ways(): { [address: string]: string } {
    return this.waysBy(this.forward.address);
  }

  /** The same for a browser that reaches the controller itself. */
  public waysBy(address: string): { [address: string]: string } {
    return Object.fromEntries(hostsOf(this.serverName).map((host) => [`${host}:443`, address]));
  }

  /** Status of the answer to a GET. */
  private async status(path: string): Promise<number | undefined> {
    return (await askController(this.forward, this.authority, this.host, path)).status;
  }

  public async remove(): Promise<void> {
    this.forward.close();
    await this.system.remove();
  }
}

/** The hosts that its certificate is for. */
function hostsOf(serverName: string): string[] {
  return [`matrix.${serverName}`, serverName, `element.${serverName}`, `calls.${serverName}`, `call.${serverName}`];
}

/** A Secret without a namespace. */
export function secret(name: string, stringData: { [key: string]: string }, type = 'Opaque'): object {
  return { apiVersion: 'v1', kind: 'Secret', type, metadata: { name }, stringData };
}

function inNamespace(object: object, namespace: string): object {
  const { metadata, ...rest } = object as { metadata: object };
  return { ...rest, metadata: { ...metadata, namespace } };
}
