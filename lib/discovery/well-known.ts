import { checkedBaseUrl } from '../addresses/base-url';
import { checkedHostAndPort, isHostName } from '../addresses/host';
import { checkServerName, hostOfServerName } from '../addresses/server-name';
import type { DiscoverySite, SupportContact } from './site';

/** The documents of one site by name, as served. `support` is undefined when there is no contact and no page. */
export interface WellKnown {
  /** Content of `/.well-known/matrix/server`. */
  readonly server: object;
  /** Content of `/.well-known/matrix/client`. */
  readonly client: object;
  /** Content of `/.well-known/matrix/support`. @default - none */
  readonly support?: object;
}

/**
 * Creates the documents of a site.
 *
 * @throws when a field of the site is not valid.
 * @see https://spec.matrix.org/v1.10/client-server-api/#well-known-uri
 * @see https://spec.matrix.org/v1.10/server-server-api/#server-discovery
 */
export function wellKnownOf(site: DiscoverySite): WellKnown {
  const baseUrl = new URL(checkedBaseUrl(`publicBaseUrl of ${site.serverName}`, site.publicBaseUrl));
  const extra = site.extraClientContent ?? {};
  if ('m.homeserver' in extra) {
    throw new Error(
      `extraClientContent of ${site.serverName} has m.homeserver, which comes from publicBaseUrl: leave it out, and set publicBaseUrl`,
    );
  }
  const federationHost = site.federationHost ?? `${baseUrl.hostname}:${baseUrl.port || '443'}`;
  return {
    server: { 'm.server': checkedHostAndPort(`federationHost of ${site.serverName}`, federationHost) },
    client: { 'm.homeserver': { base_url: baseUrl.origin }, ...extra },
    support: supportOf(site),
  };
}

/**
 * Returns the host at which a site's documents are served: its server name without the port.
 *
 * @throws when the server name is not a host name in lower case with an optional port.
 */
export function discoveryHostOf(serverName: string): string {
  checkServerName(serverName, true);
  const host = hostOfServerName(serverName);
  if (!isHostName(host)) {
    throw new Error(
      `serverName '${serverName}' is an IP address, but discovery needs a host name: use a domain, or Discovery.none()`,
    );
  }
  return host;
}

function supportOf({ serverName, supportContacts, supportPage }: DiscoverySite): object | undefined {
  if (supportPage !== undefined && !(/^https?:\/\/\S+$/.test(supportPage) && URL.canParse(supportPage))) {
    throw new Error(
      `supportPage '${supportPage}' of ${serverName} is not a valid URL: use one with its scheme, such as ` +
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
  const what = `supportContacts '${role.name}' of ${serverName}`;
  if (!matrixId && !emailAddress) {
    throw new Error(`${what} has neither matrixId nor emailAddress: set one of them, or leave the contact out`);
  }
  if (matrixId && !/^@[^\s:]+:\S+$/.test(matrixId)) {
    throw new Error(
      `${what} has matrixId '${matrixId}', which is not a valid user ID: use the full ID, such as @admin:example.org`,
    );
  }
  if (emailAddress && !/^[^\s@]+@[^\s@]+$/.test(emailAddress)) {
    throw new Error(
      `${what} has emailAddress '${emailAddress}', which is not valid: use an address such as admin@example.org`,
    );
  }
  return {
    role: role.name,
    ...(matrixId ? { matrix_id: matrixId } : {}),
    ...(emailAddress ? { email_address: emailAddress } : {}),
  };
}
