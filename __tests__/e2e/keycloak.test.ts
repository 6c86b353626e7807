import { randomBytes } from 'node:crypto';
import { HomeserverConfig, type OidcProvider, Peer, SecretKey } from '../../lib';
import { atNight } from './support/at-night';
import { Authority } from './support/authority';
import { Browser, type Visitor } from './support/browser';
import { GATEWAY } from './support/controller';
import { forgedLogout } from './support/forged-logout';
import { Keycloak } from './support/keycloak';
import { eventually } from './support/kubectl';
import { spread, wrongLogins } from './support/login-names';
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
/** The same realm, only for users who already have an account. */
const LINKING: OidcProvider = {
  ...PROVIDER,
  id: 'keycloak-linking',
  name: 'Keycloak, for accounts that are there',
  clientId: 'synapse-linking',
  clientSecret: SecretKey.fromSecretName('oidc', 'synapse-linking'),
  allowExistingUsers: true,
  allowNewUsers: false,
};

/** Login through the real Keycloak, in a real browser, with TLS everywhere and a private CA. */
describe('login through Keycloak', () => {
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
    // Synapse starts before Keycloak, which must not prevent later logins.
    home = await PublicSystem.install(
      NAME,
      authority,
      {
        // browser.test.ts uses an Ingress.
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

  /** From the page through Keycloak, with its login form unless the visitor has a session, to Synapse's answer. */
  async function goThroughKeycloak({ page }: Visitor, address: string, who?: typeof ALICE): Promise<void> {
    await page.goto(address);
    if (who) {
      await page.fill('#username', who.username);
      await page.fill('#password', who.password);
      await page.click('#kc-login');
    }
    await page.waitForURL(`${home.url}/**`);
  }

  /** Logs in, and returns the user ID. */
  async function logIn(visitor: Visitor, provider: OidcProvider, who?: typeof ALICE): Promise<string> {
    await visitor.home();
    const address = await visitor.call('loginAddress', home.url, browser.origin, `oidc-${provider.id}`);
    await goThroughKeycloak(visitor, address, who);
    return visitor.comeBack(home.url);
  }

  const accounts = (name: string) =>
    home.system.sql(`SELECT count(*) FROM users WHERE name = '@${name}:${home.serverName}'`);

  it('is offered beside password login', async () => {
    const { flows } = await inside.ok('GET', '/_matrix/client/v3/login');
    expect(flows).toContainEqual(
      expect.objectContaining({
        type: 'm.login.sso',
        identity_providers: [PROVIDER, LINKING].map(({ id, name }) => ({ id: `oidc-${id}`, name })),
      }),
    );
    expect(flows).toContainEqual({ type: 'm.login.password' });
  });

  it("creates an account with Keycloak's username, display name and address", async () => {
    const alice = await browser.visitor();
    expect(await logIn(alice, PROVIDER, ALICE)).toBe(`@alice:${home.serverName}`);
    expect(await alice.call('whoami')).toBe(`@alice:${home.serverName}`);
    expect(await alice.call('profile')).toEqual({ displayName: 'Alice Example', addresses: ['alice@example.org'] });
  });

  atNight.it('lets users choose between two providers', async () => {
    const visitor = await browser.visitor();
    await visitor.page.goto(await visitor.call('loginAddress', home.url, browser.origin));
    await visitor.page.getByText(PROVIDER.name, { exact: true }).click();
    await visitor.page.waitForSelector('#kc-login');
    await goThroughKeycloak(visitor, visitor.page.url(), ALICE);
    expect(await visitor.comeBack(home.url)).toBe(`@alice:${home.serverName}`);
  });

  it('needs no password within a Keycloak session', async () => {
    const alice = await browser.visitor();
    await logIn(alice, PROVIDER, ALICE);
    expect(await logIn(alice, PROVIDER)).toBe(`@alice:${home.serverName}`);
  });

  it.each([
    ['another group', ERIK],
    ['no group', FRED],
  ])('refuses a user in %s', async (_, who) => {
    const visitor = await browser.visitor();
    await goThroughKeycloak(
      visitor,
      await visitor.call('loginAddress', home.url, browser.origin, `oidc-${PROVIDER.id}`),
      who,
    );
    expect(await visitor.page.textContent('body')).toContain('not allowed to log in here');
    expect(await accounts(who.username)).toBe('0');
  });

  describe('when an account of the same name exists', () => {
    let password: string;

    beforeAll(async () => {
      ({ password } = await inside.register('carol'));
    });

    it('creates another account unless allowExistingUsers is set', async () => {
      expect(await logIn(await browser.visitor(), PROVIDER, CAROL)).toBe(`@carol1:${home.serverName}`);
    });

    it('uses the existing account when allowExistingUsers is set', async () => {
      expect(await logIn(await browser.visitor(), LINKING, CAROL)).toBe(`@carol:${home.serverName}`);
    });

    it('does not change the password', async () => {
      await expect(inside.login('carol', password)).resolves.toBeTruthy();
    });

    it('refuses a user without an account when allowNewUsers is false', async () => {
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

  describe('logout', () => {
    const over = (visitor: Visitor) =>
      eventually('the Matrix session to end', 20, () =>
        visitor.call('whoami').then(
          () => false,
          (problem) => String(problem).includes('M_UNKNOWN_TOKEN'),
        ),
      );

    it("in another application ends only that browser's session", async () => {
      const [desk, phone] = [await browser.visitor(), await browser.visitor()];
      await logIn(desk, PROVIDER, ALICE);
      await logIn(phone, PROVIDER, ALICE);
      const elsewhere = await desk.page.context().newPage();
      await elsewhere.goto(`${PROVIDER.issuer}/protocol/openid-connect/logout?client_id=frontend`);
      await elsewhere.click('#kc-logout');
      await over(desk);
      expect(await phone.call('whoami')).toBe(`@alice:${home.serverName}`);
    });

    atNight.it('by an administrator ends the session', async () => {
      const dora = await browser.visitor();
      await logIn(dora, PROVIDER, DORA);
      await keycloak.signOut('dora');
      await over(dora);
    });

    // 'Sign out all' reports only one session: https://github.com/keycloak/keycloak/issues/22914
    atNight.it('of each session by an administrator ends all sessions from Keycloak, and no others', async () => {
      const { token } = await inside.register('grete');
      const [desk, phone] = [await browser.visitor(), await browser.visitor()];
      await logIn(desk, LINKING, CAROL);
      await logIn(phone, PROVIDER, CAROL);
      await keycloak.endSessions('carol');
      await Promise.all([over(desk), over(phone)]);
      await expect(inside.ok('GET', '/_matrix/client/v3/account/whoami', undefined, token)).resolves.toBeTruthy();
    });

    it('is refused when Keycloak did not sign it', async () => {
      const alice = await browser.visitor();
      await logIn(alice, PROVIDER, ALICE);
      const [session] = await keycloak.sessionsOf('alice');
      const token = forgedLogout(PROVIDER.issuer, PROVIDER.clientId, session, await keycloak.keyId());
      const path = `/_synapse/client/oidc/backchannel_logout?logout_token=${token}`;
      expect((await inside.request('POST', path)).status).toBe(400);
      expect(await alice.call('whoami')).toBe(`@alice:${home.serverName}`);
    });
  });

  // The suite of attacks measures it without a provider.
  atNight.it('lets a login with a wrong password take as long for each kind of name', async () => {
    const logins = await wrongLogins(inside, home.serverName, 3);
    const own = { type: 'm.id.user', user: `@alice:${home.serverName}` };
    logins.set('a user of Keycloak', Array(3).fill({ type: 'm.login.password', identifier: own, password: 'wrong' }));
    const times = new Map([...logins.keys()].map((kind): [string, number[]] => [kind, []]));
    for (let n = 0; n < 3; n++) {
      for (const [kind, all] of logins) {
        const began = performance.now();
        expect(await inside.request('POST', '/_matrix/client/v3/login', all[n])).toMatchObject({
          status: 403,
          body: { errcode: 'M_FORBIDDEN', error: 'Invalid username or password' },
        });
        times.get(kind)?.push((performance.now() - began) / 1000);
      }
    }
    expect(spread('keycloak: a login with a wrong password takes', times)).toBeLessThan(2);
  });

  it('asks users to confirm a change as they log in', async () => {
    const { token } = await inside.register(`keeper${random()}`, true);
    const stages = async (user: string) => {
      const path = `/_synapse/admin/v1/users/@${user}:${home.serverName}/login`;
      const { access_token } = await inside.ok('POST', path, {}, token);
      const body = { devices: ['OTHER'] };
      const asked = await inside.request('POST', '/_matrix/client/v3/delete_devices', body, access_token);
      expect(asked.status).toBe(401);
      return asked.body.flows;
    };
    await inside.register('paul');
    expect(await stages('paul')).toEqual([{ stages: ['m.login.password'] }]);
    expect(await stages('alice')).toEqual([{ stages: ['m.login.sso'] }]);
  });

  it("does not change the platform's own logins", async () => {
    const { userId, password } = await inside.register('service');
    const token = await inside.login('service', password);
    expect((await inside.ok('GET', '/_matrix/client/v3/account/whoami', undefined, token)).user_id).toBe(userId);
  });
});
