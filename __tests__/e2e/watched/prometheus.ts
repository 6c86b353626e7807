import { Peer } from '../../../lib';
import { eventually, kubectl } from '../support/kubectl';
import { PortForward } from '../support/port-forward';

const NAMESPACE = 'monitoring';
/** Its pods, which read the metrics. */
export const COLLECTOR = Peer.pods({ 'app.kubernetes.io/name': 'prometheus' }, NAMESPACE);

/** A series with its newest value. */
export interface Sample {
  readonly metric: { readonly [label: string]: string };
  readonly value: number;
}

/** An alert as Alertmanager sent it. */
export interface SentAlert {
  readonly status: 'firing' | 'resolved';
  /** In seconds since 1970. */
  readonly receivedAt: number;
  readonly labels: { readonly [name: string]: string };
  readonly annotations: { readonly [name: string]: string };
}

/** The Prometheus of the cluster, and the receiver of its alerts. */
export class Prometheus {
  public static async open(): Promise<Prometheus> {
    const asked = await PortForward.open(NAMESPACE, 'service/prometheus-k8s', 9090);
    return new Prometheus(asked, await PortForward.open(NAMESPACE, 'service/alert-sink', 8080));
  }

  private constructor(
    private readonly asked: PortForward,
    private readonly sink: PortForward,
  ) {}

  /** The values of an expression, with their labels. */
  public async query(expression: string): Promise<Sample[]> {
    const { result } = await this.ask(`query?query=${encodeURIComponent(expression)}`);
    return result.map(({ metric, value }: { metric: Sample['metric']; value: [number, string] }) => ({
      metric,
      value: Number(value[1]),
    }));
  }

  /** The only value of an expression. */
  public async value(expression: string): Promise<number> {
    const found = await this.query(expression);
    if (found.length !== 1) {
      throw new Error(`${expression} has ${found.length} values`);
    }
    return found[0].value;
  }

  /** What it scrapes in a namespace. */
  public async targets(namespace: string): Promise<Target[]> {
    const { activeTargets } = await this.ask('targets?state=active');
    const all: ActiveTarget[] = activeTargets;
    return all
      .filter(({ labels }) => labels.namespace === namespace)
      .map(({ labels, health, lastError }) => ({ job: labels.job, health, lastError }));
  }

  /** The families of metrics in the last scrapes of a namespace, as `name type`, also those without a series. */
  public async families(namespace: string): Promise<string[]> {
    const target = encodeURIComponent(`{namespace="${namespace}"}`);
    const found = await this.ask(`targets/metadata?match_target=${target}`);
    return [...new Set<string>(found.map(({ metric, type }: Family) => `${inText(metric, type)}`))];
  }

  /** Waits until an alert has arrived, or its end, since a time in seconds. */
  public async arrived(
    namespace: string,
    alert: string,
    status: SentAlert['status'],
    since: number,
    // A rate over five minutes ends as late.
    seconds = 420,
  ): Promise<SentAlert> {
    let sent: SentAlert[] = [];
    return eventually(`${alert} ${status} since ${since}`, seconds, async () => {
      const answer = await fetch(`${this.sink.url}/alerts?alertname=${alert}&namespace=${namespace}`);
      sent = (await answer.json()) as SentAlert[];
      return sent.find((one) => one.status === status && one.receivedAt >= since);
    }).catch(async (problem) => {
      const now = await this.query(`ALERTS{namespace="${namespace}"} or probe_success{namespace="${namespace}"}`);
      const pods = await kubectl(['get', 'pods', '-n', namespace]);
      throw new Error(`${problem.message}: arrived ${JSON.stringify(sent)}, now ${JSON.stringify(now)}\n${pods}`);
    });
  }

  /** The names of all alerts that arrived for a namespace. */
  public async names(namespace: string): Promise<string[]> {
    const sent = (await (await fetch(`${this.sink.url}/alerts?namespace=${namespace}`)).json()) as SentAlert[];
    return [...new Set(sent.map(({ labels }) => labels.alertname))].sort();
  }

  public close(): void {
    this.asked.close();
    this.sink.close();
  }

  private async ask(path: string) {
    const answer = (await (await fetch(`${this.asked.url}/api/v1/${path}`)).json()) as {
      status: string;
      error?: string;
      // biome-ignore lint/suspicious/noExplicitAny: tests know the answers of Prometheus.
      data: any;
    };
    if (answer.status !== 'success') {
      throw new Error(`${path}: ${answer.error}`);
    }
    return answer.data;
  }
}

/** A pod or an address that is scraped. */
export interface Target {
  readonly job: string;
  readonly health: string;
  readonly lastError: string;
}

interface ActiveTarget extends Omit<Target, 'job'> {
  readonly labels: { readonly [name: string]: string };
}

interface Family {
  readonly metric: string;
  readonly type: string;
}

/** A family as the text format names it, which the recorded scrapes have: OpenMetrics leaves out `_total`. */
function inText(metric: string, type: string): string {
  const counts =
    type === 'counter' && /^(synapse|python|process|matrix_synthetic)_/.test(metric) && !metric.endsWith('_total');
  return `${metric}${counts ? '_total' : ''} ${type.replace('unknown', 'untyped')}`;
}
