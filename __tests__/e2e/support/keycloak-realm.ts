/** The client of the realm that Synapse uses. */
export interface Client {
  readonly id: string;
  readonly secret: string;
}

/** A user of the realm. */
export interface Person {
  readonly username: string;
  readonly password: string;
  readonly firstName: string;
  readonly groups: string[];
}

/** Adds the claim `groups`, with the names of the user's groups without their path. */
const GROUPS = {
  name: 'groups',
  protocol: 'openid-connect',
  protocolMapper: 'oidc-group-membership-mapper',
  config: { 'claim.name': 'groups', 'full.path': 'false', 'userinfo.token.claim': 'true' },
};

/** The realm `platform`, set up for a homeserver as docs/how-to/keycloak.md says. */
export function realm(homeserver: string, clients: Client[], people: Person[]): object {
  const synapse = `https://${homeserver}/_synapse/client/oidc`;
  return {
    realm: 'platform',
    enabled: true,
    groups: [...new Set(people.flatMap(({ groups }) => groups))].map((name) => ({ name })),
    clients: [
      ...clients.map(({ id, secret }) => ({
        clientId: id,
        secret,
        redirectUris: [`${synapse}/callback`],
        attributes: {
          'backchannel.logout.url': `${synapse}/backchannel_logout`,
          'backchannel.logout.session.required': 'true',
        },
        protocolMappers: [GROUPS],
      })),
      // Another application, such as the platform's frontend.
      { clientId: 'frontend', publicClient: true, redirectUris: ['http://localhost/*'] },
    ],
    users: people.map(({ username, password, firstName, groups }) => ({
      username,
      enabled: true,
      email: `${username}@example.org`,
      emailVerified: true,
      firstName,
      lastName: 'Example',
      groups: groups.map((name) => `/${name}`),
      credentials: [{ type: 'password', value: password }],
    })),
  };
}
