import { atNight } from './support/at-night';
import { type Browser, FROM_ANYWHERE, NO_UDP, type Visitor } from './support/browser';
import { CallSystem, media } from './support/call-system';
import { ElementCall } from './support/element-call';
import { eventually } from './support/kubectl';

jest.setTimeout(120_000);

/**
 * Calls between browsers through all parts: the homeserver's transports, the token service, and LiveKit, whose WebSocket
 * goes through the controller and the proxy.
 *
 * This machine must reach the ports of the nodes, also by UDP: kubectl forwards only TCP.
 */
describe('a call in a room', () => {
  let system: CallSystem;
  let browser: Browser;

  beforeAll(async () => {
    system = await CallSystem.install();
    browser = await system.open();
  });
  afterAll(() => system?.remove());

  /** Seconds until the call and the room have only the participant who stays. */
  async function untilOnlyOneStays(stays: Visitor, how: string, ending: () => Promise<void>): Promise<number> {
    const began = Date.now();
    const seconds = () => (Date.now() - began) / 1000;
    await ending();
    const inCall = stays.call('othersInCall', 0).then(seconds);
    await eventually('one member in the room', 60, async () => (await system.members()) === 1);
    const [inRoom, left] = [seconds(), await inCall];
    process.stderr.write(`${how}: gone from the call after ${left} s, from the room after ${inRoom} s\n`);
    return Math.max(left, inRoom);
  }

  it('has picture and sound both ways by UDP, and loses the one who closes the tab', async () => {
    const [hers, his] = await system.join(2, browser);
    const all = await media([hers, his], 'by UDP');
    expect(all.map(({ transports }) => transports)).toEqual([['udp'], ['udp']]);
    expect(await system.members()).toBe(2);
    expect(await untilOnlyOneStays(his, 'tab closed', () => hers.page.close())).toBeLessThan(10);
    await system.end(his);
  });

  it('has picture and sound both ways without UDP', async () => {
    const both = await system.join(2, await system.open(NO_UDP));
    const all = await media(both, 'by TCP');
    expect(all.map(({ transports }) => transports)).toEqual([['tcp'], ['tcp']]);
    await system.end(...both);
  });

  atNight.it('has pictures and sound of each of four people', async () => {
    const group = await system.join(4, browser);
    await media(group, 'of four');
    await system.end(...group);
  });

  atNight.it('loses the one whose browser is killed', async () => {
    const crashes = await system.open();
    const [, his] = await system.join(2, crashes, browser);
    expect(await his.call('othersInCall', 1)).toBe(true);
    expect(await untilOnlyOneStays(his, 'browser killed', () => crashes.kill())).toBeLessThan(40);
    await system.end(his);
  });

  it('is held in Element Call, which asks only the servers of this system', async () => {
    const setups = await Promise.all([0, 1].map((person) => system.widgetSetup(person)));
    const free = await system.open(FROM_ANYWHERE);
    const pages = await Promise.all(setups.map(async () => (await free.visitor()).page));
    const began = Date.now();
    const both = await Promise.all(pages.map((page, index) => ElementCall.show(page, setups[index])));
    const received = await Promise.all(both.map((one) => one.receives(20)));
    process.stderr.write(`Element Call: ${JSON.stringify(received)} after ${Date.now() - began} ms\n`);
    const hosts = ['call.', 'calls.', '', 'element.', 'matrix.'].map((name) => `${name}calls.test`);
    expect(both.map(({ asked }) => [...asked].sort())).toEqual([hosts, hosts]);
    expect(both.flatMap(({ refused }) => refused)).toEqual([]);
    const closed = Date.now();
    await system.end(...both);
    const took = Date.now() - closed;
    process.stderr.write(`Element Call closed: gone from the room after ${took} ms\n`);
    expect(took).toBeLessThan(10_000);
  });

  it('passes the check of the doctor, which fails when media or clients do not reach LiveKit', async () => {
    expect(await system.diagnosis()).toEqual([
      'ok calls: clients get to calls by https://calls.calls.test/livekit/jwt',
    ]);
    const lead = (service: string, app: string) =>
      system.home.system.kubectl(['patch', 'service', service, '-p', JSON.stringify({ spec: { selector: { app } } })]);
    await Promise.all([lead('livekit-media', 'none'), lead('livekit', 'none')]);
    const found = await eventually('both findings', 30, async () => {
      const lines = await system.diagnosis();
      return lines.length === 2 && lines;
    });
    await Promise.all([lead('livekit-media', 'livekit'), lead('livekit', 'livekit')]);
    expect(found).toEqual([
      expect.stringMatching(/^fail calls: no client gets into a call: LiveKit (does not answer|answers 503)/),
      expect.stringMatching(/^fail calls: media do not reach LiveKit at \S+:30471: /),
    ]);
  });
});
