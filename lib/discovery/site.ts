/** What a contact is for. */
export class SupportRole {
  /** Anything that concerns the server. */
  public static readonly ADMIN = SupportRole.of('m.role.admin');
  /** Reports of vulnerabilities, in confidence. */
  public static readonly SECURITY = SupportRole.of('m.role.security');

  /**
   * A role by its Matrix name, such as one from a newer specification.
   *
   * @throws when it is no namespaced name.
   */
  public static of(name: string): SupportRole {
    if (!/^[a-z0-9_]+(\.[a-z0-9_-]+)+$/.test(name)) {
      throw new Error(`'${name}' is no role of a support contact: write it as Matrix does, such as m.role.admin`);
    }
    return new SupportRole(name);
  }

  private constructor(public readonly name: string) {}
}

/** Someone who answers for a homeserver. Everybody can read it. */
export interface SupportContact {
  readonly role: SupportRole;
  /**
   * Matrix address: `@admin:example.org`.
   *
   * @default - none; then `emailAddress` is needed
   */
  readonly matrixId?: string;
  /**
   * E-mail address.
   *
   * @default - none; then `matrixId` is needed
   */
  readonly emailAddress?: string;
}

/** What is found out about one server name. */
export interface DiscoverySite {
  /**
   * Name in Matrix addresses: `example.org`. Its documents are served to whoever asks for this host, at any port.
   */
  readonly serverName: string;
  /** Where clients reach the homeserver: `https://matrix.example.org`, without a path. */
  readonly publicBaseUrl: string;
  /**
   * Where other homeservers reach it, with its port.
   *
   * @default - host and port of `publicBaseUrl`, or port 443 when it names none
   */
  readonly federationHost?: string;
  /**
   * More for clients, such as where calls are (`org.matrix.msc4143.rtc_foci`).
   *
   * @default - none
   */
  readonly extraClientContent?: { [key: string]: unknown };
  /**
   * Who answers for the homeserver.
   *
   * @default - nobody is named
   */
  readonly supportContacts?: SupportContact[];
  /**
   * Page with help for users of the homeserver.
   *
   * @default - none
   */
  readonly supportPage?: string;
}
