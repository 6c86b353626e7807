import { parse } from 'yaml';
import type { KubeObject, Objects } from './objects';

/** A ConfigMap. */
export interface ConfigMap extends KubeObject {
  readonly data?: { readonly [key: string]: string };
}

/** Settings of homeserver.yaml that the doctor reads. */
export interface Settings {
  readonly server_name?: string;
  readonly public_baseurl?: string;
  readonly enable_registration?: boolean;
  readonly federation_domain_whitelist?: string[];
  readonly turn_uris?: string[];
  readonly matrix_rtc?: { readonly transports?: { readonly livekit_service_url?: string }[] };
  readonly database?: { readonly name?: string; readonly args?: { readonly database?: string } };
  readonly listeners?: {
    readonly port: number;
    readonly type: string;
    readonly resources?: { readonly names?: string[] }[];
  }[];
}

/** homeserver.yaml as deployed. Settings in Secrets are not seen. */
export class Homeserver {
  private constructor(
    public readonly settings: Settings,
    /** Whether there is a ConfigMap with it. */
    public readonly found: boolean,
  ) {}

  public static async read(objects: Objects, configMap: string): Promise<Homeserver> {
    const text = (await objects.get<ConfigMap>('configmaps', configMap))?.data?.['homeserver.yaml'];
    return Homeserver.of(text);
  }

  /** @param text undefined where there is no such file. */
  public static of(text: string | undefined): Homeserver {
    try {
      const settings = text === undefined ? {} : parse(text);
      return new Homeserver(settings ?? {}, text !== undefined);
    } catch {
      // Synapse refuses it too, which other checks report.
      return new Homeserver({}, true);
    }
  }

  /** Whether it keeps its data in SQLite, as the original does. */
  public get usesSqlite(): boolean {
    return this.settings.database?.name === 'sqlite3';
  }

  /** Port of the metrics; undefined if there are none. */
  public get metricsPort(): number | undefined {
    return this.settings.listeners?.find(({ type }) => type === 'metrics')?.port;
  }

  /** Whether other servers may reach it. */
  public get federates(): boolean {
    const names = this.settings.listeners?.flatMap(
      ({ resources }) => resources?.flatMap((one) => one.names ?? []) ?? [],
    );
    return names?.includes('federation') === true && this.settings.federation_domain_whitelist?.length !== 0;
  }

  /** Address of the token service of calls; undefined if clients are told none. */
  public get callServiceUrl(): string | undefined {
    return this.settings.matrix_rtc?.transports?.[0]?.livekit_service_url;
  }

  /** Address of clients without a slash at the end. */
  public get publicBaseUrl(): string | undefined {
    return this.settings.public_baseurl?.replace(/\/+$/, '');
  }
}
