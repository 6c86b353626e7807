import { checked } from '../kubernetes/checks/checked';

/** Options of `Probes.blackbox`. */
export interface BlackboxOptions {
  /** Module of the exporter's configuration: a GET that expects status 200. @default http_2xx */
  readonly module?: string;
}

/** Whether the system's public URLs are asked from outside. */
@checked
export class Probes {
  /**
   * A blackbox exporter asks them. Best is one outside the cluster, because it takes the clients' path.
   *
   * @param address host and port of the exporter, such as `blackbox-exporter.monitoring:9115`.
   * @throws when the address has a scheme or a path.
   * @see https://github.com/prometheus/blackbox_exporter
   */
  public static blackbox(address: string, options: BlackboxOptions = {}): Probes {
    if (!/^[^/\s]+$/.test(address)) {
      throw new Error(
        `address '${address}' is not a host and port: leave out scheme and path, as in blackbox-exporter.monitoring:9115`,
      );
    }
    return new Probes({ address, module: options.module ?? 'http_2xx' });
  }

  /** They are not asked. The alerts on certificates and on discovery are not rendered either. */
  public static none(): Probes {
    return new Probes();
  }

  private constructor(
    /** @internal */
    public readonly _prober?: { readonly address: string; readonly module: string },
  ) {}
}
