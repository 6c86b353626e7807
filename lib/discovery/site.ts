import { checked } from '../kubernetes/checks/checked';
/** Role of a support contact. */
@checked
export class SupportRole {
  /** Contact for everything about the server. */
  public static readonly ADMIN = SupportRole.of('m.role.admin');
  /** Contact for confidential reports of vulnerabilities. */
  public static readonly SECURITY = SupportRole.of('m.role.security');

  /**
   * A role by its Matrix name, for example from a newer specification.
   *
   * @throws when the name is not a namespaced identifier.
   */
  public static of(name: string): SupportRole {
    if (!/^[a-z0-9_]+(\.[a-z0-9_-]+)+$/.test(name)) {
      throw new Error(
        `'${name}' is not a valid role of a support contact: use a namespaced name, such as m.role.admin`,
      );
    }
    return new SupportRole(name);
  }

  private constructor(
    /** The role's Matrix name. */
    public readonly name: string,
  ) {}
}

/** A contact of a homeserver. It is public. */
export interface SupportContact {
  /** Role of the contact. */
  readonly role: SupportRole;
  /**
   * Matrix user ID, such as `@admin:example.org`.
   *
   * @default - none; `emailAddress` is then required
   */
  readonly matrixId?: string;
  /**
   * E-mail address.
   *
   * @default - none; `matrixId` is then required
   */
  readonly emailAddress?: string;
}

/** The facts that discovery publishes about one server name. */
export interface DiscoverySite {
  /**
   * Server name, such as `example.org`.
   *
   * The documents are served to any client that requests this host, on any port.
   */
  readonly serverName: string;
  /** URL at which clients reach the homeserver, without a path, such as `https://matrix.example.org`. */
  readonly publicBaseUrl: string;
  /**
   * Host and port at which other homeservers reach it.
   *
   * @default - those of `publicBaseUrl`, port 443 if it has none
   */
  readonly federationHost?: string;
  /**
   * Additional content for clients, such as the servers for calls of another system (`org.matrix.msc4143.rtc_foci`).
   *
   * @default - none
   */
  readonly extraClientContent?: { [key: string]: unknown };
  /**
   * Contacts of the homeserver.
   *
   * @default - none
   */
  readonly supportContacts?: SupportContact[];
  /**
   * URL of a page with help for users of the homeserver.
   *
   * @default - none
   */
  readonly supportPage?: string;
}
