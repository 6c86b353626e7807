import { Duration } from 'cdk8s';
import type { Browser, Visitor } from '../support/browser';
import { CallSystem, media } from '../support/call-system';

jest.setTimeout(180_000);

/** Seconds for which an update waits for calls to end. */
const DRAIN = 20;
const pause = (seconds: number) => new Promise((done) => setTimeout(done, seconds * 1000));

/** This machine must reach the ports of the nodes, also by UDP: kubectl forwards only TCP. */
describe('a call whose SFU ends', () => {
  let system: CallSystem;
  let browsers: Browser[];

  beforeAll(async () => {
    system = await CallSystem.install('calls-restarts', 30_474, { drain: Duration.seconds(DRAIN) });
    // Two pages of one browser that both open its camera again at once get no pictures from it.
    browsers = [await system.open(), await system.open()];
  });
  afterAll(() => system?.remove());

  /** Seconds until both are back by themselves, and until they have picture and sound. */
  async function back(both: Visitor[], how: string, ending: () => Promise<unknown>): Promise<[number, number]> {
    const began = Date.now();
    const seconds = () => (Date.now() - began) / 1000;
    await ending();
    await Promise.all(both.map((visitor) => visitor.call('joinsAgain')));
    const joined = seconds();
    await Promise.all(both.map((visitor) => visitor.call('receivesFrom', 1, 20)));
    const times: [number, number] = [joined, seconds()];
    process.stderr.write(`SFU ${how}: both are back after ${times[0]} s, with picture and sound after ${times[1]} s\n`);
    return times;
  }

  it('goes on by itself within 20 seconds of a crash, and none of its members is taken for gone', async () => {
    const both = await system.join(2, ...browsers);
    await media(both, 'before a crash');
    // A Go program ends at it without a word to clients. SIGKILL does nothing to the first process from within.
    const crash = () => system.home.system.exec('deployment/livekit', 'sh', '-c', 'kill -ABRT 1');
    const [, pictures] = await back(both, 'crashed', crash);
    expect(pictures).toBeLessThan(20);
    // Several looks of the token service.
    await pause(10);
    expect(await system.members()).toBe(2);
    await system.end(...both);
  });

  const roll = () => system.home.system.kubectl(['rollout', 'restart', 'deployment/livekit']);

  it('goes on during an update, which waits for its end and no longer', async () => {
    const both = await system.join(2, ...browsers);
    const [{ frames }] = await media(both, 'before an update');
    await roll();
    await pause(DRAIN / 2);
    expect((await both[0].call('receivesFrom', 1, frames + 50)).frames).toBeGreaterThan(frames);
    await system.end(...both);
    const began = Date.now();
    await system.home.system.kubectl(['rollout', 'status', 'deployment/livekit', '--timeout=60s']);
    const took = (Date.now() - began) / 1000;
    process.stderr.write(`SFU updated: ready ${took} s after the end of the call\n`);
    expect(took).toBeLessThan(DRAIN);
  });

  it('is broken off by an update after the time of drain, and goes on by itself', async () => {
    const both = await system.join(2, ...browsers);
    await media(both, 'before an update that breaks it off');
    const [joined, pictures] = await back(both, `updated, drain of ${DRAIN} s`, roll);
    expect(joined).toBeGreaterThan(DRAIN);
    expect(pictures).toBeLessThan(DRAIN + 30);
    expect(await system.members()).toBe(2);
    await system.end(...both);
  });
});
