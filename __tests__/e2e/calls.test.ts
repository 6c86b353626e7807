import { Accounts, Calls, LivekitEntry } from '../../lib';
import type { Media } from './browser/group-calls';
import { Authority } from './support/authority';
import { Browser, FAKE_MEDIA, type Visitor } from './support/browser';
import { eventually } from './support/kubectl';
import { type Account, Matrix } from './support/matrix';
import { PublicSystem } from './support/public-system';

jest.setTimeout(120_000);

const V3 = '/_matrix/client/v3';
const MEMBER = 'org.matrix.msc3401.call.member';
/** Makes Chromium send media only by TCP. */
const NO_UDP = ['--webrtc-ip-handling-policy=disable_non_proxied_udp'];

/**
 * Calls between browsers through all parts: the homeserver's transports, the token service, and LiveKit, whose WebSocket
 * goes through the controller and the proxy.
 *
 * This machine must reach the ports of the nodes, also by UDP: kubectl forwards only TCP.
 */
describe('a call in a room', () => {
  const authority = Authority.make();
  const browsers: Browser[] = [];
  let home: PublicSystem;
  let matrix: Matrix;
  let people: Account[];
  let room: string;

  beforeAll(async () => {
    home = await PublicSystem.install('calls', authority, {
      calls: Calls.livekit({
        host: 'calls.calls.test',
        entry: LivekitEntry.nodePorts({ udpPort: 30_472, tcpPort: 30_471 }),
      }),
      accounts: Accounts.none(),
    });
    for (const name of ['livekit', 'livekit-token-service']) {
      await home.system.kubectl(['rollout', 'status', `deployment/${name}`, '--timeout=120s']);
    }
    const sharedSecret = await home.system.secret('matrix-synapse-secret', 'registration_shared_secret');
    matrix = new Matrix(await home.system.url(), sharedSecret);
    people = await Promise.all(['anna', 'ben', 'cleo', 'dora'].map((name) => matrix.register(name)));
    room = await roomOf(people);
  });
  afterAll(async () => {
    await Promise.all(browsers.map((browser) => browser.close().catch(() => undefined)));
    await home?.remove();
  });

  async function roomOf([owner, ...others]: Account[]): Promise<string> {
    const body = {
      preset: 'private_chat',
      invite: others.map(({ userId }) => userId),
      power_level_content_override: { events: { [MEMBER]: 0 } },
    };
    const { room_id } = await matrix.ok('POST', `${V3}/createRoom`, body, owner.token);
    await Promise.all(others.map(({ token }) => matrix.ok('POST', `${V3}/join/${room_id}`, {}, token)));
    return room_id;
  }

  async function open(...flags: string[]): Promise<Browser> {
    const browser = await Browser.open(home.ways, authority, [...FAKE_MEDIA, ...flags]);
    browsers.push(browser);
    return browser;
  }

  /** So many people join the call, each from the browser at the same place, or from the first. */
  async function join(count: number, ...from: Browser[]): Promise<Visitor[]> {
    const visitors: Visitor[] = [];
    for (const [index, { userId, password }] of people.slice(0, count).entries()) {
      const visitor = await (from[index] ?? from[0]).visitor();
      await visitor.call('login', home.url, userId, password);
      visitors.push(visitor);
    }
    const services = await Promise.all(visitors.map((visitor) => visitor.call('joinGroupCall', room)));
    expect([...new Set(services)]).toEqual(['https://calls.calls.test/livekit/jwt']);
    return visitors;
  }

  async function media(visitors: Visitor[], what: string): Promise<Media[]> {
    const others = visitors.length - 1;
    const all = await Promise.all(visitors.map((visitor) => visitor.call('receivesFrom', others, 20)));
    const times = all.map((one) => `${one.connected}/${one.firstPicture}`).join(', ');
    process.stderr.write(`call ${what}: connected/first picture after ${times} ms\n`);
    return all;
  }

  /** Seconds until the one who stays is alone, in the call and in the room. */
  async function alone(stays: Visitor, how: string, ending: () => Promise<void>): Promise<number> {
    const began = Date.now();
    const seconds = () => (Date.now() - began) / 1000;
    await ending();
    const inCall = stays.call('othersInCall', 0).then(seconds);
    await eventually('one member in the room', 60, async () => (await members()) === 1);
    const [inRoom, left] = [seconds(), await inCall];
    process.stderr.write(`${how}: gone from the call after ${left} s, from the room after ${inRoom} s\n`);
    return Math.max(left, inRoom);
  }

  async function members(): Promise<number> {
    const state = await matrix.ok('GET', `${V3}/rooms/${room}/state`, undefined, people[1].token);
    const events = state.filter((event: { type: string }) => event.type === MEMBER);
    return events.filter((event: { content: object }) => Object.keys(event.content).length > 0).length;
  }

  it('has picture and sound both ways by UDP, and loses the one who closes the tab', async () => {
    const browser = await open();
    const [hers, his] = await join(2, browser);
    const all = await media([hers, his], 'by UDP');
    expect(all.map(({ transports }) => transports)).toEqual([['udp'], ['udp']]);
    expect(await members()).toBe(2);
    expect(await alone(his, 'tab closed', () => hers.page.close())).toBeLessThan(10);
    await his.page.close();
    await eventually('an empty call', 20, async () => (await members()) === 0);
  });

  it('has picture and sound both ways without UDP', async () => {
    const [hers, his] = await join(2, await open(...NO_UDP));
    const all = await media([hers, his], 'by TCP');
    expect(all.map(({ transports }) => transports)).toEqual([['tcp'], ['tcp']]);
    await Promise.all([hers, his].map((visitor) => visitor.call('leaveGroupCall')));
    await eventually('an empty call', 20, async () => (await members()) === 0);
  });

  it('loses the one whose browser is killed', async () => {
    const [crashes, stays] = [await open(), browsers[0]];
    const [, his] = await join(2, crashes, stays);
    expect(await his.call('othersInCall', 1)).toBe(true);
    expect(await alone(his, 'browser killed', () => crashes.kill())).toBeLessThan(40);
    await his.call('leaveGroupCall');
  });
});
