import { type Browser, FROM_ANYWHERE, NO_UDP, type Visitor } from '../support/browser';
import { CallSystem } from '../support/call-system';
import { ElementCall } from '../support/element-call';
import { kubectl } from '../support/kubectl';

jest.setTimeout(180_000);

const V3 = '/_matrix/client/v3';
const MEMBER = 'org.matrix.msc3401.call.member';
const inRoom = (id: string) => `${V3}/rooms/${encodeURIComponent(id)}`;
const NODE_ADDRESS = 'jsonpath={.items[0].status.addresses[?(@.type=="InternalIP")].address}';
/** Four people share one machine. */
const SLOW_CAMERA = '--use-fake-device-for-media-stream=fps=5';
const pause = (seconds: number) => new Promise((done) => setTimeout(done, seconds * 1000));

interface Showing {
  readonly policy?: 'all' | 'relay';
  readonly room?: string;
  /** @default the one that all share */
  readonly from?: Browser;
}

/** This machine must reach the ports of the nodes, also by UDP: kubectl forwards only TCP. */
describe('Element Call', () => {
  let system: CallSystem;
  let browser: Browser;
  const shown: Visitor[] = [];

  beforeAll(async () => {
    const relayAt = await kubectl(['get', 'nodes', '-o', NODE_ADDRESS]);
    system = await CallSystem.install('element-call', 30_477, { relayAt });
    browser = await another();
  });
  afterEach(async () => {
    if (shown.length > 0) await system.end(...shown.splice(0));
  });
  afterAll(() => system?.remove());

  const another = (...flags: string[]) => system.open(FROM_ANYWHERE, SLOW_CAMERA, ...flags);

  /** A person shows it. */
  async function show(person: number, { policy, room, from = browser }: Showing = {}): Promise<ElementCall> {
    const visitor = await from.visitor();
    shown.push(visitor);
    return ElementCall.show(visitor.page, await system.widgetSetup(person, room), policy);
  }

  async function said(how: string, all: ElementCall[]): Promise<string[]> {
    const began = Date.now();
    const received = await Promise.all(all.map((one) => one.receives(20, all.length - 1)));
    process.stderr.write(`Element Call ${how}: ${JSON.stringify(received)} after ${Date.now() - began} ms\n`);
    return [...new Set(received.flatMap(({ ways }) => ways))];
  }

  it.each<[string, Showing, ...string[]]>([
    ['udp', {}],
    ['tcp', {}, NO_UDP],
    ['relay', { policy: 'relay' }],
  ])('has picture and sound both ways by %s', async (way, how, ...flags) => {
    const showing = { ...how, from: await another(...flags) };
    const both = [await show(0, showing), await show(1, showing)];
    expect(await said(`by ${way}`, both)).toEqual([way]);
  });

  it('has pictures and sound of four people', async () => {
    const group = [];
    for (const person of [0, 1, 2, 3]) group.push(await show(person));
    await said('of four', group);
  });

  it('goes on by itself when LiveKit has crashed', async () => {
    // Two pages of one browser that both open its camera again at once get no pictures from it.
    const both = [await show(0), await show(1, { from: await another() })];
    await said('before a crash', both);
    const began = Date.now();
    await system.home.system.exec('deployment/livekit', 'sh', '-c', 'kill -ABRT 1');
    const before = await Promise.all(both.map(async (one) => (await one.received())?.frames ?? 0));
    await Promise.all(both.map((one, index) => one.receives(before[index] + 40)));
    process.stderr.write(`Element Call after a crash: both have pictures again after ${Date.now() - began} ms\n`);
  });

  it('is held as on the platform: an event of the session names a room of the call, which the other one joins', async () => {
    const [counsellor, seeker] = system.people;
    const { matrix, room: session } = system;
    const body = {
      preset: 'public_chat',
      visibility: 'private',
      power_level_content_override: { events: { [MEMBER]: 0 } },
    };
    const { room_id: callRoomId } = await matrix.ok('POST', `${V3}/createRoom`, body, counsellor.token);
    const { next_batch } = await matrix.ok('GET', `${V3}/sync`, undefined, seeker.token);
    const path = `${inRoom(session)}/send/org.oriso.call.invite/call`;
    await matrix.ok('PUT', path, { callRoomId, isVideo: true, version: 1 }, counsellor.token);
    const { rooms } = await matrix.ok('GET', `${V3}/sync?since=${next_batch}&timeout=5000`, undefined, seeker.token);
    const [{ type, content }] = rooms.join[session].timeline.events;
    expect([type, content.callRoomId]).toEqual(['org.oriso.call.invite', callRoomId]);
    await matrix.ok('POST', `${V3}/join/${encodeURIComponent(content.callRoomId)}`, {}, seeker.token);
    const both = [await show(0, { room: callRoomId }), await show(1, { room: content.callRoomId })];
    await said('on the platform', both);
    await Promise.all(shown.splice(0).map(({ page }) => page.close()));
    await system.emptied(callRoomId);
  });

  // Last, because the member event of a kicked participant stays: only its sender may change it.
  it('ends the pictures of a kicked participant within 5 seconds, and refuses to let them back', async () => {
    const both = [await show(0), await show(1)];
    await said('before a kick', both);
    const [owner, kicked] = system.people;
    const path = inRoom(system.room);
    await system.matrix.ok('POST', `${path}/kick`, { user_id: kicked.userId }, owner.token);
    await pause(5);
    const frames = async () => (await both[1].received())?.frames ?? 0;
    const seen = await frames();
    await pause(20);
    expect(await frames()).toBeLessThanOrEqual(seen);
    shown.length = 0;
  });
});
