import { randomBytes } from 'node:crypto';
import { HomeserverConfig, type OidcProvider, Peer, SecretKey } from '../../lib';
import { Authority } from './support/authority';
import { Browser, type Visitor } from './support/browser';
import { GATEWAY } from './support/controller';
import { forgedLogout } from './support/forged-logout';
import { Keycloak } from './support/keycloak';
import { eventually } from './support/kubectl';
import { Matrix } from './support/matrix';
import { PublicSystem, secret } from './support/public-system';

jest.setTimeout(400_000);

const NAME = 'identity';
const random = () => randomBytes(12).toString('hex');
const person = (username: string, firstName: string, ...groups: string[]) => {
  return { username, firstName, groups, password: random() };
};
const ALICE = person('alice', 'Alice', 'counsellors', 'office');
const CAROL = person('carol', 'Carol', 'counsellors');
const DORA = person('dora', 'Dora', 'counsellors');
const ERIK = person('erik', 'Erik', 'visitors');
const FRED = person('fred', 'Fred');

const PROVIDER: OidcProvider = {
  id: 'keycloak',
  name: 'Keycloak',
  issuer: Keycloak.issuerOf(NAME),
  clientId: 'synapse',
  clientSecret: SecretKey.fromSecretName('oidc', 'synapse'),
  peer: Peer.namespace(Keycloak.namespaceOf(NAME)),
  allowedGroups: ['counsellors'],
  emailTemplate: '{{ user.email }}',
};
/** The same people, but only those who have an account already. */
const LINKING: OidcProvider = {
  ...PROVIDER,
  id: 'keycloak-linking',
  name: 'Keycloak, for accounts that are there',
  clientId: 'synapse-linking',
  clientSecret: SecretKey.fromSecretName('oidc', 'synapse-linking'),
  allowExistingUsers: true,
  allowNewUsers: false,
};

/** Log-in by the real Keycloak, in a real browser, with TLS everywhere and an authority that is nobody's but ours. */
describe('log-in by Keycloak', () => {
  const authority = Authority.make();
  let keycloak: Keycloak;
  let home: PublicSystem;
  let browser: Browser;
  let inside: Matrix;

  beforeAll(async () => {
    const clients = [PROVIDER, LINKING].map(({ clientId }) => ({ id: clientId, secret: random() }));
    const homeserver = `matrix.${NAME}.test`;
    const people = [ALICE, CAROL, DORA, ERIK, FRED];
    keycloak = await Keycloak.start(NAME, { authority, homeserver, clients, people });
    // Synapse starts while Keycloak is not there yet: that must not keep people out later.
    home = await PublicSystem.install(
      NAME,
      authority,
      {
        // browser.test.ts comes by an Ingress.
        edge: { entry: GATEWAY },
        synapse: {
          // One browser logs in more often than Synapse's own limits allow.
          config: HomeserverConfig.oriso(),
          oidcProviders: [PROVIDER, LINKING],
          caCertificates: SecretKey.fromSecretName('own-authority', 'ca.crt'),
        },
      },
      [
        secret('oidc', Object.fromEntries(clients.map(({ id, secret }) => [id, secret]))),
        secret('own-authority', { 'ca.crt': authority.certificate }),
      ],
    );
    await keycloak.ready();
    const sharedSecret = await home.system.secret('matrix-synapse-secret', 'registration_shared_secret');
    inside = new Matrix(await home.system.url('deployment/matrix-synapse', 8008), sharedSecret);
    browser = await Browser.open({ ...home.ways, ...keycloak.ways }, authority);
  });
  afterAll(async () => {
    await browser?.close();
    await Promise.all([home?.remove(), keycloak?.remove()]);
  });

  /** From the page to Keycloak's form, which comes unless Keycloak knows the visitor, and on to Synapse's answer. */
  async function goThroughKeycloak({ page }: Visitor, address: string, who?: typeof ALICE): Promise<void> {
    await page.goto(address);
    if (who) {
      await page.fill('#username', who.username);
      await page.fill('#password', who.password);
      await page.click('#kc-login');
    }
    await page.waitForURL(`${home.url}/**`);
  }

  /** Logs in, and gives the user ID. */
  async function logIn(visitor: Visitor, provider: OidcProvider, who?: typeof ALICE): Promise<string> {
    await visitor.home();
    const address = await visitor.call('loginAddress', home.url, browser.origin, `oidc-${provider.id}`);
    await goThroughKeycloak(visitor, address, who);
    return visitor.comeBack(home.url);
  }

  const accounts = (name: string) =>
    home.system.sql(`SELECT count(*) FROM users WHERE name = '@${name}:${home.serverName}'`);

  it('is offered beside passwords', async () => {
    const { flows } = await inside.ok('GET', '/_matrix/client/v3/login');
    expect(flows).toContainEqual(
      expect.objectContaining({
        type: 'm.login.sso',
        identity_providers: [PROVIDER, LINKING].map(({ id, name }) => ({ id: `oidc-${id}`, name })),
      }),
    );
    expect(flows).toContainEqual({ type: 'm.login.password' });
  });

  it('makes an account with the name, display name and address that Keycloak tells', async () => {
    const alice = await browser.visitor();
    expect(await logIn(alice, PROVIDER, ALICE)).toBe(`@alice:${home.serverName}`);
    expect(await alice.call('whoami')).toBe(`@alice:${home.serverName}`);
    expect(await alice.call('profile')).toEqual({ displayName: 'Alice Example', addresses: ['alice@example.org'] });
  });

  it('lets people choose where they come from', async () => {
    const visitor = await browser.visitor();
    await visitor.page.goto(await visitor.call('loginAddress', home.url, browser.origin));
    await visitor.page.getByText(PROVIDER.name, { exact: true }).click();
    await visitor.page.waitForSelector('#kc-login');
    await goThroughKeycloak(visitor, visitor.page.url(), ALICE);
    expect(await visitor.comeBack(home.url)).toBe(`@alice:${home.serverName}`);
  });

  it('asks for no password of those whom Keycloak knows already', async () => {
    const alice = await browser.visitor();
    await logIn(alice, PROVIDER, ALICE);
    expect(await logIn(alice, PROVIDER)).toBe(`@alice:${home.serverName}`);
  });

  it.each([
    ['another group', ERIK],
    ['no group', FRED],
  ])('refuses somebody in %s', async (_, who) => {
    const visitor = await browser.visitor();
    await goThroughKeycloak(
      visitor,
      await visitor.call('loginAddress', home.url, browser.origin, `oidc-${PROVIDER.id}`),
      who,
    );
    expect(await visitor.page.textContent('body')).toContain('not allowed to log in here');
    expect(await accounts(who.username)).toBe('0');
  });

  describe('where an account of that name is there', () => {
    let password: string;

    beforeAll(async () => {
      ({ password } = await inside.register('carol'));
    });

    it('makes another account, unless it is allowed to take that one', async () => {
      expect(await logIn(await browser.visitor(), PROVIDER, CAROL)).toBe(`@carol1:${home.serverName}`);
    });

    it('takes that one where it is allowed', async () => {
      expect(await logIn(await browser.visitor(), LINKING, CAROL)).toBe(`@carol:${home.serverName}`);
    });

    it('leaves the password as it is', async () => {
      await expect(inside.login('carol', password)).resolves.toBeTruthy();
    });

    it('makes none where new accounts are not allowed', async () => {
      const visitor = await browser.visitor();
      await goThroughKeycloak(
        visitor,
        await visitor.call('loginAddress', home.url, browser.origin, `oidc-${LINKING.id}`),
        DORA,
      );
      expect(await visitor.page.textContent('body')).toContain('registrations are disabled');
      expect(await accounts('dora')).toBe('0');
    });
  });

  describe('log-out', () => {
    const over = (visitor: Visitor) =>
      eventually('the Matrix session to end', 20, () =>
        visitor.call('whoami').then(
          () => false,
          (problem) => String(problem).includes('M_UNKNOWN_TOKEN'),
        ),
      );

    it('in another application ends the session of that browser alone', async () => {
      const [desk, phone] = [await browser.visitor(), await browser.visitor()];
      await logIn(desk, PROVIDER, ALICE);
      await logIn(phone, PROVIDER, ALICE);
      const elsewhere = await desk.page.context().newPage();
      await elsewhere.goto(`${PROVIDER.issuer}/protocol/openid-connect/logout?client_id=frontend`);
      await elsewhere.click('#kc-logout');
      await over(desk);
      expect(await phone.call('whoami')).toBe(`@alice:${home.serverName}`);
    });

    it('by an administrator ends the session', async () => {
      const dora = await browser.visitor();
      await logIn(dora, PROVIDER, DORA);
      await keycloak.signOut('dora');
      await over(dora);
    });

    // 'Sign out all' tells of one session alone: https://github.com/keycloak/keycloak/issues/22914
    it('by an administrator, of each session, ends them all, and none that Keycloak did not bring', async () => {
      const { token } = await inside.register('grete');
      const [desk, phone] = [await browser.visitor(), await browser.visitor()];
      await logIn(desk, LINKING, CAROL);
      await logIn(phone, PROVIDER, CAROL);
      await keycloak.endSessions('carol');
      await Promise.all([over(desk), over(phone)]);
      await expect(inside.ok('GET', '/_matrix/client/v3/account/whoami', undefined, token)).resolves.toBeTruthy();
    });

    it('is not believed of anybody but Keycloak', async () => {
      const alice = await browser.visitor();
      await logIn(alice, PROVIDER, ALICE);
      const [session] = await keycloak.sessionsOf('alice');
      const token = forgedLogout(PROVIDER.issuer, PROVIDER.clientId, session, await keycloak.keyId());
      const path = `/_synapse/client/oidc/backchannel_logout?logout_token=${token}`;
      expect((await inside.request('POST', path)).status).toBe(400);
      expect(await alice.call('whoami')).toBe(`@alice:${home.serverName}`);
    });
  });

  it('leaves the platform its own ways in', async () => {
    const { userId, password } = await inside.register('service');
    const token = await inside.login('service', password);
    expect((await inside.ok('GET', '/_matrix/client/v3/account/whoami', undefined, token)).user_id).toBe(userId);
  });
});
