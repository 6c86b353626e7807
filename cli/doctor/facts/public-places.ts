import { portOfUrl } from '../../../lib/addresses/port';
import type { Situation } from '../situation';
import type { ConfigMap, Homeserver } from './homeserver';

/** A server name, with the documents that are deployed for it. */
export interface Site {
  readonly serverName: string;
  /** By `client` and `server`. Undefined where this system does not serve them. */
  readonly deployed?: { readonly client: unknown; readonly server: unknown };
}

/** Host and port of a public address. */
export interface Place {
  readonly host: string;
  readonly port: number;
}

/** The server names of the system, its own first. */
export async function sitesOf({ objects, homeserver, name }: Situation): Promise<Site[]> {
  const data = (await objects.get<ConfigMap>('configmaps', name('matrix-discovery-data')))?.data ?? {};
  return sitesIn(data, homeserver);
}

/** @param data files of the discovery, in which ':' of a name is '_'. */
export function sitesIn(data: { readonly [file: string]: string }, { settings }: Homeserver): Site[] {
  const sites = Object.keys(data).flatMap((file): Site[] => {
    const [, name] = /^(.+)\.client\.json$/.exec(file) ?? [];
    const [client, server] = [data[file], data[`${name}.server.json`]].map(asJson);
    return name && client && server ? [{ serverName: name.replace('_', ':'), deployed: { client, server } }] : [];
  });
  const own = settings.server_name;
  const [first] = sites.filter(({ serverName }) => serverName === own);
  return [...(own ? [first ?? { serverName: own }] : []), ...sites.filter(({ serverName }) => serverName !== own)];
}

/** Where a document of `/.well-known/matrix` is public. */
export function wellKnownUrl({ serverName }: Site, document: 'client' | 'server'): string {
  return `https://${hostOf(serverName)}/.well-known/matrix/${document}`;
}

/** Where other servers connect to, by what is deployed. */
export function federationPlace({ serverName, deployed }: Site): Place {
  const delegated = (deployed?.server as { 'm.server'?: string } | undefined)?.['m.server'];
  const [, host, port] = /^(.+?)(?::(\d+))?$/.exec(delegated ?? serverName) ?? [];
  return { host, port: Number(port ?? 8448) };
}

/** Host and port of a URL. */
export function placeOf(url: string): Place {
  const parsed = new URL(url);
  return { host: parsed.hostname, port: portOfUrl(parsed) };
}

/** All places that speak TLS, each once. */
export function tlsPlaces(homeserver: Homeserver, sites: Site[]): Place[] {
  const { publicBaseUrl = '' } = homeserver;
  const all = [
    ...(publicBaseUrl.startsWith('https:') ? [placeOf(publicBaseUrl)] : []),
    ...sites.filter(({ deployed }) => deployed).map((site) => placeOf(wellKnownUrl(site, 'client'))),
    ...(homeserver.federates ? sites.slice(0, 1).map(federationPlace) : []),
  ];
  return [...new Map(all.map((place) => [`${place.host}:${place.port}`, place])).values()];
}

const hostOf = (serverName: string): string => serverName.replace(/:\d+$/, '');

/** The value of a JSON text; undefined if it is not JSON. */
export function asJson(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch {
    return undefined;
  }
}
