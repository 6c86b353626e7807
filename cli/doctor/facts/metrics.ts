import type { Situation } from '../situation';

/** What Synapse measures; undefined if it has no port for it. @throws CannotLook when it does not answer. */
export async function synapseMetrics({ inside, homeserver, name }: Situation): Promise<Metrics | undefined> {
  const port = homeserver.metricsPort;
  return port
    ? new Metrics((await inside.ask(`deployment/${name('matrix-synapse')}`, port, '/_synapse/metrics')).body)
    : undefined;
}

/** Metrics of a part, in the text format of Prometheus. */
export class Metrics {
  constructor(private readonly text: string) {}

  /**
   * Value of the first series of a metric with these labels; undefined if there is none.
   *
   * @param labels labels that it must have. @default - any
   */
  public value(name: string, labels: { [label: string]: string } = {}): number | undefined {
    return this.all(name).find((one) => Object.entries(labels).every(([key, value]) => one.labels[key] === value))
      ?.value;
  }

  /** All series of a metric. */
  public all(name: string): { labels: { [label: string]: string }; value: number }[] {
    const series = new RegExp(`^${name}(?:\\{(.*)\\})? (\\S+)`, 'gm');
    return [...this.text.matchAll(series)].map(([, labels = '', value]) => ({
      labels: Object.fromEntries(
        [...labels.matchAll(/(\w+)="((?:[^"\\]|\\.)*)"/g)].map(([, key, text]) => [key, text]),
      ),
      value: Number(value),
    }));
  }
}
