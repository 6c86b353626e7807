import { Testing, Yaml } from 'cdk8s';
import { Backups, Entry, Federation, HomeserverConfig, MatrixChart, Peer } from '../../../lib';
import { Authority } from '../support/authority';
import { CONTROLLER_HOST, GATEWAY, INGRESS_PROPS, TLS } from '../support/controller';
import { eventually } from '../support/kubectl';
import { type Account, Matrix } from '../support/matrix';
import { secret } from '../support/public-system';
import { System } from '../support/system';
import type { RawAnswer } from './raw-answer';
import { type Listener, type Question, spoken, Visitor } from './visitor';

const NAME = 'edge';
const NAMESPACE = `matrix-e2e-${NAME}`;
const SERVER_NAME = `${NAME}.test`;

/** One system, exposed by an Ingress and then by a Gateway, and visitors in the cluster. */
export class EdgeStage {
  public readonly serverName = SERVER_NAME;
  public readonly host = `matrix.${SERVER_NAME}`;
  public readonly mediaHost = `api.${SERVER_NAME}`;
  public readonly nodePort = 31292;
  /** Labels of pods that may use it. */
  public readonly declared = { app: 'declared' };
  public system!: System;
  public admin!: Account;
  public alice!: Account;
  /** Calls the admin API, as UserService does. */
  public matrix!: Matrix;
  private readonly authority = Authority.make();
  private readonly certificate = tlsSecret(this.authority, [this.host, this.serverName, this.mediaHost]);
  private readonly visitors = new Map<string, Visitor>();
  private count = 0;

  public async setUp(): Promise<void> {
    this.system = await System.apply(NAME, this.manifest('ingress'));
    await this.system.kubectl(['apply', '-f', '-'], JSON.stringify(VISITORS_COME_IN));
    await this.system.kubectl(['rollout', 'status', 'deployment/matrix-edge', '--timeout=120s']);
    const sharedSecret = await this.system.secret('matrix-synapse-secret', 'registration_shared_secret');
    this.matrix = new Matrix(await this.system.url('deployment/matrix-edge', 8010), sharedSecret);
    await eventually('the admin API', 60, () => this.matrix.ok('GET', '/_synapse/admin/v1/register'));
    this.admin = await this.matrix.register('boss', true);
    this.alice = await this.person();
  }

  public async tearDown(): Promise<void> {
    await this.system?.remove();
  }

  /** Exposes the system only in this form. */
  public async show(form: string): Promise<void> {
    const others = form === 'ingress' ? 'gateway,httproute' : 'ingress';
    await this.system.kubectl(['delete', others, '--all']);
    await this.system.kubectl(['apply', '-f', '-'], this.manifest(form));
    const visitor = await this.visitor(form);
    await eventually(`the ${form}`, 90, async () => {
      const hosts = [this.host, this.serverName, this.mediaHost];
      const paths = ['/_matrix/client/versions', '/.well-known/matrix/client', '/_matrix/media/v3/config'];
      const ask = hosts.map((host, n) => ({
        listener: this.outside(host),
        pieces: [{ bytes: spoken(host, { path: paths[n] }) }],
      }));
      return (await visitor.ask(ask)).map(({ status }) => status).join() === '200,200,401';
    });
  }

  /** A pod with its own address, because limits count by address. */
  public async visitor(name: string): Promise<Visitor> {
    const found = this.visitors.get(name) ?? (await Visitor.start(NAMESPACE, name));
    this.visitors.set(name, found);
    return found;
  }

  /** A new account. */
  public person(): Promise<Account> {
    return this.matrix.register(`person${++this.count}`);
  }

  /** Through the controller, over TLS. */
  public outside(name = this.host): Listener {
    return { host: CONTROLLER_HOST, port: 443, name, authority: this.authority.certificate };
  }

  /** Through the controller, without TLS. */
  public readonly plain: Listener = { host: CONTROLLER_HOST, port: 80 };

  /** The proxy's own listeners, as a controller that forwards everything and as a declared client reach them. */
  public readonly listeners = {
    edge: { host: 'matrix-edge', port: 80 },
    client: { host: 'matrix-synapse', port: 8008 },
    federation: { host: 'matrix-synapse', port: 8009 },
    admin: { host: 'matrix-synapse-admin', port: 8008 },
  } satisfies { [name: string]: Listener };

  /** One request, through the controller unless a listener is named. */
  public async ask(question: Question, host = this.host, listener = this.outside(host)): Promise<RawAnswer> {
    const visitor = await this.visitor('anybody');
    return (await visitor.ask([{ listener, pieces: [{ bytes: spoken(host, question) }] }]))[0];
  }

  private manifest(form: string): string {
    const chart = new MatrixChart(Testing.app(), 'matrix', {
      namespace: NAMESPACE,
      serverName: this.serverName,
      publicBaseUrl: `https://${this.host}`,
      // The tests count guesses against the platform's limits.
      synapse: { config: HomeserverConfig.oriso(), federation: Federation.OPEN },
      edge: {
        entry: form === 'ingress' ? Entry.ingress({ ...INGRESS_PROPS, redirectIngress: true }) : GATEWAY,
        allowedClients: [Peer.pods(this.declared)],
        nodePort: this.nodePort,
        mediaHosts: [this.mediaHost],
      },
      backups: Backups.none(),
    });
    return Yaml.stringify(...chart.toJson(), this.certificate);
  }
}

function tlsSecret(authority: Authority, hosts: string[]): object {
  const { certificate, key } = authority.certify(...hosts);
  const made = secret(TLS, { 'tls.crt': certificate, 'tls.key': key }, 'kubernetes.io/tls');
  return { ...made, metadata: { name: TLS, namespace: NAMESPACE } };
}

/** Allows the visitors at every listener, and at Synapse itself for comparison. */
const VISITORS_COME_IN = {
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name: 'visitors' },
  spec: {
    podSelector: { matchExpressions: [{ key: 'app', operator: 'In', values: ['matrix-edge', 'matrix-synapse'] }] },
    policyTypes: ['Ingress'],
    ingress: [{ from: [{ podSelector: { matchLabels: Visitor.LABELS } }] }],
  },
};
