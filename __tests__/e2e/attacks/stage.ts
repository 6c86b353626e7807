import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Testing, Yaml } from 'cdk8s';
import { Backups, Federation, MatrixChart, Peer } from '../../../lib';
import { Visitor } from '../edge/visitor';
import { eventually } from '../support/kubectl';
import { type Account, Matrix } from '../support/matrix';
import { System } from '../support/system';

const ATTACK = readFileSync(join(__dirname, 'attack.py'), 'utf8');

/** A request of an attacker. */
export interface Attack {
  readonly method: string;
  readonly path: string;
  /** Address that the controller reports. */
  readonly address?: string;
  readonly to?: 'edge' | 'client' | 'federation' | 'admin';
  readonly token?: string;
  /** JSON unless it is a string. */
  readonly body?: object | string;
  /** Repetitions of the body. @default 1 */
  readonly times?: number;
  readonly headers?: { [name: string]: string };
}

/** Answers to an attack, and what a bystander saw meanwhile. */
export interface Outcome {
  readonly answers: { status: number; seconds: number; body: string; headers: { [name: string]: string } }[];
  /** Longest time of a bystander's sync, in seconds. */
  readonly worst: number;
  readonly failures: number;
}

/** A small federating system without a controller, and a pod that speaks as one for many clients. */
export class AttackStage {
  public system!: System;
  public matrix!: Matrix;
  public alice!: Account;
  public bystander!: Account;
  private attacker!: Visitor;
  private count = 0;

  constructor(private readonly name: string) {}

  public async setUp(): Promise<void> {
    this.system = await System.apply(this.name, this.manifest());
    await this.system.kubectl(['rollout', 'status', 'deployment/matrix-edge', '--timeout=120s']);
    await this.system.kubectl(['apply', '-f', '-'], JSON.stringify(ATTACKER_COMES_IN));
    this.attacker = await Visitor.start(this.system.namespace, 'attacker');
    const sharedSecret = await this.system.secret('matrix-synapse-secret', 'registration_shared_secret');
    this.matrix = new Matrix(await this.system.url('deployment/matrix-edge', 8010), sharedSecret);
    await eventually('the admin API', 60, () => this.matrix.ok('GET', '/_synapse/admin/v1/register'));
    [this.alice, this.bystander] = [await this.person(), await this.person()];
  }

  public async tearDown(): Promise<void> {
    await this.system?.remove();
  }

  public person(): Promise<Account> {
    return this.matrix.register(`person${++this.count}`);
  }

  /** Sends all requests, so many at a time, while a bystander syncs. */
  public async attack(requests: Attack[], atOnce = 8): Promise<Outcome> {
    const asked = requests.map(({ body, address = '198.51.100.1', ...rest }) => {
      const text = typeof body === 'object' ? JSON.stringify(body) : body;
      return {
        ...rest,
        address,
        ...(text === undefined ? {} : { body: Buffer.from(text, 'latin1').toString('base64') }),
      };
    });
    const given = { requests: asked, atOnce, bystander: this.bystander.token };
    return JSON.parse(await this.attacker.python(ATTACK, JSON.stringify(given)));
  }

  public async statuses(requests: Attack[], atOnce = 8): Promise<number[]> {
    return (await this.attack(requests, atOnce)).answers.map(({ status }) => status);
  }

  /** Runs a Python script beside the attacker's. */
  public python(script: string): Promise<string> {
    return this.attacker.python(script, '');
  }

  /** The logs of all containers. */
  public async logs(): Promise<string> {
    const everything = ['matrix-synapse', 'matrix-edge', 'matrix-postgres'].map((app) =>
      this.system.kubectl(['logs', '-l', `app=${app}`, '--all-containers', '--tail=-1']),
    );
    return (await Promise.all(everything)).join('');
  }

  /** Kills of Synapse so far, by the kernel or by itself. */
  public async kills(): Promise<number> {
    const log = await this.system.kubectl(['logs', 'deployment/matrix-synapse', '-c', 'synapse', '--tail=-1']);
    const restarts = await this.system.kubectl([
      ...['get', 'pods', '-l', 'app=matrix-synapse'],
      '-o=jsonpath={.items[*].status.containerStatuses[*].restartCount}',
    ]);
    return log.split('starting it again').length - 1 + Number(restarts);
  }

  /** Most memory that Synapse's container has used, in MiB. */
  public async peak(): Promise<number> {
    const command = 'grep -h VmHWM /proc/[0-9]*/status | sort -k2 -n | tail -1';
    const line = await this.system.exec('deployment/matrix-synapse', 'sh', '-c', command);
    return Math.round(Number(/\d+/.exec(line)?.[0]) / 1024);
  }

  private manifest(): string {
    const chart = new MatrixChart(Testing.app(), 'matrix', {
      namespace: `matrix-e2e-${this.name}`,
      serverName: 'attacks.test',
      publicBaseUrl: 'https://matrix.attacks.test',
      synapse: { federation: Federation.OPEN },
      edge: { allowedClients: [Peer.pods(Visitor.LABELS)], allowedAdmins: [Peer.pods(Visitor.LABELS)] },
      backups: Backups.none(),
    });
    return Yaml.stringify(...chart.toJson());
  }
}

/** Allows the attacker to pose as the controller and as another server. */
const ATTACKER_COMES_IN = {
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name: 'attacker' },
  spec: {
    podSelector: { matchLabels: { app: 'matrix-edge' } },
    policyTypes: ['Ingress'],
    ingress: [{ from: [{ podSelector: { matchLabels: Visitor.LABELS } }] }],
  },
};
