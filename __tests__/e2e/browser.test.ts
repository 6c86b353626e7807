import { HomeserverConfig } from '../../lib';
import { Authority } from './support/authority';
import { Browser, type Visitor } from './support/browser';
import { type Account, Matrix } from './support/matrix';
import { PublicSystem } from './support/public-system';

jest.setTimeout(300_000);

/** A page at another origin uses the system in a real browser, through the cluster's controller. */
describe('a browser', () => {
  const authority = Authority.make();
  let home: PublicSystem;
  let browser: Browser;
  let alice: Account;
  let bob: Account;
  let hers: Visitor;
  let his: Visitor;
  let room: string;

  beforeAll(async () => {
    // The page has no end-to-end encryption, and matrix-js-sdk sends nothing unencrypted into an encrypted room.
    const config = HomeserverConfig.recommended().extend({ encryption_enabled_by_default_for_room_type: 'off' });
    home = await PublicSystem.install('browser', authority, { synapse: { config } });
    const { system } = home;
    const sharedSecret = await system.secret('matrix-synapse-secret', 'registration_shared_secret');
    const inside = new Matrix(await system.url('deployment/matrix-synapse', 8008), sharedSecret);
    [alice, bob] = [await inside.register('alice'), await inside.register('bob')];
    browser = await Browser.open(home.ways, authority);
    [hers, his] = [await browser.visitor(), await browser.visitor()];
  });
  afterAll(async () => {
    await browser?.close();
    await home?.remove();
  });

  it('refuses a certificate that its CA has not signed', async () => {
    const stranger = await Browser.open(home.ways, Authority.make());
    try {
      const { page } = await stranger.visitor();
      await expect(page.goto(`${home.url}/_matrix/client/versions`)).rejects.toThrow('ERR_CERT_AUTHORITY_INVALID');
    } finally {
      await stranger.close();
    }
  });

  it('discovers the homeserver by its server name, and logs in', async () => {
    expect(await hers.call('discover', home.serverName)).toBe(home.url);
    expect(await hers.call('login', home.url, 'alice', alice.password)).toBe(alice.userId);
    expect(await his.call('login', home.url, 'bob', bob.password)).toBe(bob.userId);
  });

  it('shows the error of a wrong password', async () => {
    const stranger = await browser.visitor();
    await expect(stranger.call('login', home.url, 'alice', 'guessed')).rejects.toThrow('M_FORBIDDEN');
  });

  it('syncs', async () => {
    await Promise.all([hers.call('sync'), his.call('sync')]);
  });

  it('creates a room, and exchanges messages', async () => {
    room = await hers.call('createRoom', bob.userId);
    await his.call('join', room);
    await hers.call('send', room, 'Good morning');
    expect(await his.call('received', room, 'Good morning')).toBe(alice.userId);
    await his.call('send', room, 'Good evening');
    expect(await hers.call('received', room, 'Good evening')).toBe(bob.userId);
  });

  it('uploads a file that another user downloads unchanged', async () => {
    const { uri, digest } = await hers.call('upload', 5_000_000);
    expect(await his.call('download', uri)).toBe(digest);
  });

  it('uploads a file just below the limit', async () => {
    const { uri, digest } = await hers.call('upload', 49 * 1024 * 1024);
    expect(await his.call('download', uri)).toBe(digest);
  });

  it('shows the error of a file that is too large', async () => {
    await expect(hers.call('upload', 51 * 1024 * 1024)).rejects.toThrow('M_TOO_LARGE');
  });

  it('logs out, after which its token is not valid', async () => {
    await his.call('logout');
    await expect(his.call('whoami')).rejects.toThrow('M_UNKNOWN_TOKEN');
    expect(await hers.call('whoami')).toBe(alice.userId);
  });
});
