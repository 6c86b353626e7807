import { isIPv6 } from 'node:net';
import { isPort } from '../kubernetes/checks/port';
import type { DiscoverySite, SupportContact } from './site';

const LABEL = '[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?';
const HOST = `${LABEL}(?:\\.${LABEL})*`;
const HOST_WITH_PORT = new RegExp(`^(?:${HOST}|\\[([0-9a-f:.]+)\\]):(\\d{1,5})$`);
const SERVER_NAME = new RegExp(`^(${HOST})(?::(\\d{1,5}))?$`);
/** Longer ones leave no room for the user in a Matrix address. */
const SERVER_NAME_LENGTH = 230;

/** The documents of one site by name, as they are served; there is no `support` when nothing is known. */
export interface WellKnown {
  readonly server: object;
  readonly client: object;
  readonly support?: object;
}

/**
 * Makes the documents of a site.
 *
 * @throws when the site says something that cannot be.
 * @see https://spec.matrix.org/v1.10/client-server-api/#well-known-uri
 * @see https://spec.matrix.org/v1.10/server-server-api/#server-discovery
 */
export function wellKnownOf(site: DiscoverySite): WellKnown {
  const baseUrl = checkedBaseUrl(site);
  const extra = site.extraClientContent ?? {};
  if ('m.homeserver' in extra) {
    throw new Error(
      `extraClientContent of ${site.serverName} has m.homeserver, which is made of publicBaseUrl: leave it out, and write ` +
        'the address there',
    );
  }
  return {
    server: { 'm.server': checkedFederationHost(site, baseUrl) },
    client: { 'm.homeserver': { base_url: baseUrl.origin }, ...extra },
    support: supportOf(site),
  };
}

/**
 * The host that a request for a site's documents names: its server name without the port.
 *
 * @throws when the server name is no lower-case host with an optional port.
 */
export function hostOf(serverName: string): string {
  const [, host, port] = SERVER_NAME.exec(serverName) ?? [];
  if (host === undefined || !isPort(Number(port ?? 443)) || serverName.length > SERVER_NAME_LENGTH) {
    throw new Error(
      `serverName '${serverName}' is none that has discovery: write a host name in lower case, with a port where Matrix ` +
        `addresses have one, such as example.org, at most ${SERVER_NAME_LENGTH} characters`,
    );
  }
  return host;
}

function checkedBaseUrl({ serverName, publicBaseUrl }: DiscoverySite): URL {
  const url = /^https?:\/\/[^\s\\]+$/.test(publicBaseUrl) && URL.canParse(publicBaseUrl) && new URL(publicBaseUrl);
  // Origin and at most a slash: this also refuses user names, query and fragment.
  if (!url || url.href !== `${url.origin}/`) {
    throw new Error(
      `publicBaseUrl '${publicBaseUrl}' of ${serverName} is no address of a server: write scheme and host, and nothing ` +
        'after them, such as https://matrix.example.org',
    );
  }
  return url;
}

function checkedFederationHost({ serverName, federationHost }: DiscoverySite, baseUrl: URL): string {
  const host = federationHost ?? `${baseUrl.hostname}:${baseUrl.port || '443'}`;
  const [, ipv6, port] = HOST_WITH_PORT.exec(host) ?? [];
  if (!isPort(Number(port)) || (ipv6 && !isIPv6(ipv6))) {
    throw new Error(
      `federationHost '${host}' of ${serverName} is no host with a port: write both, without a scheme, such as ` +
        'matrix.example.org:443',
    );
  }
  return host;
}

function supportOf({ serverName, supportContacts, supportPage }: DiscoverySite): object | undefined {
  if (supportPage !== undefined && !(/^https?:\/\/\S+$/.test(supportPage) && URL.canParse(supportPage))) {
    throw new Error(
      `supportPage '${supportPage}' of ${serverName} is no address of a page: write it with its scheme, such as ` +
        'https://example.org/help',
    );
  }
  const contacts = supportContacts?.map((contact) => contactOf(serverName, contact)) ?? [];
  if (contacts.length === 0 && supportPage === undefined) {
    return undefined;
  }
  return {
    ...(contacts.length > 0 ? { contacts } : {}),
    ...(supportPage === undefined ? {} : { support_page: supportPage }),
  };
}

function contactOf(serverName: string, { role, matrixId, emailAddress }: SupportContact): object {
  const what = `contact ${role.name} of ${serverName}`;
  if (!matrixId && !emailAddress) {
    throw new Error(`${what} has neither matrixId nor emailAddress: give one of them, or leave the contact out`);
  }
  if (matrixId && !/^@[^\s:]+:\S+$/.test(matrixId)) {
    throw new Error(`${what} has matrixId '${matrixId}': write a Matrix address, such as @admin:example.org`);
  }
  if (emailAddress && !/^[^\s@]+@[^\s@]+$/.test(emailAddress)) {
    throw new Error(`${what} has emailAddress '${emailAddress}': write an e-mail address, such as admin@example.org`);
  }
  return {
    role: role.name,
    ...(matrixId ? { matrix_id: matrixId } : {}),
    ...(emailAddress ? { email_address: emailAddress } : {}),
  };
}
