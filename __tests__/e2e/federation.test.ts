import { randomBytes } from 'node:crypto';
import { Federation, Scaling, Workers } from '../../lib';
import { atNight } from './support/at-night';
import { Authority } from './support/authority';
import { CONTROLLER, CONTROLLER_PORT, GATEWAY, INGRESS } from './support/controller';
import { controllerRange, FederatingSystem } from './support/federating-system';
import { eventually } from './support/kubectl';
import type { Account, Matrix } from './support/matrix';
import { SMALL_WORKERS } from './support/system-chart';

jest.setTimeout(600_000);

const V3 = '/_matrix/client/v3';
const authority = Authority.make();
const one = new FederatingSystem('federation-one', authority, INGRESS);
/** With EVERY=1 one of them has all workers that other servers have to do with. */
const workers = Workers.of({
  federationReaders: Scaling.fixed(2),
  federationSenders: 2,
  eventPersisters: 2,
  streams: { toDevice: 1, receipts: 1 },
  resources: SMALL_WORKERS,
});
const two = new FederatingSystem('federation-two', authority, GATEWAY, process.env.EVERY ? workers : undefined);

/** A user of a server. */
class Person {
  public static async at(system: FederatingSystem, name: string): Promise<Person> {
    return new Person(system.matrix, await system.matrix.register(name), system.serverName);
  }

  private constructor(
    private readonly matrix: Matrix,
    private readonly account: Account,
    public readonly serverName: string,
  ) {}

  public get id(): string {
    return this.account.userId;
  }

  public async invite(other: string): Promise<string> {
    const body = { preset: 'private_chat', invite: [other] };
    return (await this.call('POST', `${V3}/createRoom`, body)).room_id;
  }

  /** Joins a room once the invitation has arrived. */
  public async accept(room: string): Promise<void> {
    await eventually(`the invitation of ${this.id}`, 30, async () => {
      const { rooms } = await this.call('GET', `${V3}/sync`);
      return room in (rooms?.invite ?? {});
    });
    await this.call('POST', `${V3}/join/${room}`, {});
  }

  public async say(room: string, body: string): Promise<void> {
    const path = `${V3}/rooms/${room}/send/m.room.message/${encodeURIComponent(body)}`;
    await this.call('PUT', path, { msgtype: 'm.text', body });
  }

  public async hears(room: string, body: string): Promise<boolean> {
    const { chunk } = await this.call('GET', `${V3}/rooms/${room}/messages?dir=b&limit=50`);
    return chunk.some((event: { content: { body?: string } }) => event.content.body === body);
  }

  public async upload(file: Uint8Array): Promise<string> {
    return (await this.call('POST', '/_matrix/media/v3/upload', file)).content_uri.replace('mxc://', '');
  }

  public download(media: string): Promise<Uint8Array> {
    return this.call('GET', `/_matrix/client/v1/media/download/${media}`);
  }

  /** Sends a message to every device of another. */
  public async tells(other: Person, message: number): Promise<void> {
    const path = `${V3}/sendToDevice/m.test/${other.id}-${message}`;
    await this.call('PUT', path, { messages: { [other.id]: { '*': { message } } } });
  }

  /** Sends a request that may be refused, and returns its status and error. */
  public async tries(method: string, path: string, body: object): Promise<[number, string | undefined]> {
    const answer = await this.matrix.request(method, path, body, this.account.token);
    return [answer.status, answer.body.errcode];
  }

  private call(method: string, path: string, body?: unknown) {
    return this.matrix.ok(method, path, body, this.account.token);
  }
}

/** Sends a message on both sides; returns a function that tells whether each has received the other's. */
async function bothSpeak(
  room: string,
  first: Person,
  second: Person,
  words: string,
): Promise<() => Promise<boolean[]>> {
  await first.say(room, `${words}, says ${first.id}`);
  await second.say(room, `${words}, says ${second.id}`);
  return () =>
    Promise.all([first.hears(room, `${words}, says ${second.id}`), second.hears(room, `${words}, says ${first.id}`)]);
}

describe('two systems in one cluster', () => {
  let range: string;
  let alice: Person;
  let bob: Person;
  let room: string;
  const inCluster = (federation: Federation) =>
    federation.withPrivateNetwork({ addresses: range, peer: CONTROLLER, port: CONTROLLER_PORT });

  beforeAll(async () => {
    range = await controllerRange();
    await Promise.all([one, two].map((system) => system.install(inCluster(Federation.OPEN))));
    alice = await Person.at(one, 'alice');
    bob = await Person.at(two, 'bob');
  });

  afterAll(async () => {
    await Promise.all([one, two].map((system) => system.remove()));
  });

  it.each([
    ['Ingress', one],
    ['Gateway', two],
  ])('find each other only by discovery: %s', async (_, system) => {
    const discovery = await system.ask(system.serverName, '/.well-known/matrix/server');
    expect(JSON.parse(discovery.body)).toEqual({ 'm.server': `${system.host}:443` });
    const path = '/_matrix/federation/v1/version';
    expect([await system.ask(system.serverName, path), await system.ask(system.host, path)]).toMatchObject([
      { status: 404 },
      { status: 200, body: expect.stringContaining('Synapse') },
    ]);
  });

  it.each([
    ['one to the other', () => [alice, bob]],
    ['the other to the one', () => [bob, alice]],
  ])('exchange invitations, messages and files: from %s', async (_, people) => {
    const [host, guest] = people();
    room = await host.invite(guest.id);
    await guest.accept(room);
    const heard = await bothSpeak(room, host, guest, 'Hello');
    await eventually('both to hear', 30, async () => (await heard()).every(Boolean));

    const files = [randomBytes(100_000), randomBytes(1_000_000)];
    const media = [await host.upload(files[0]), await guest.upload(files[1])];
    expect(media.map((name) => name.split('/')[0])).toEqual([host.serverName, guest.serverName]);
    expect(Buffer.compare(await guest.download(media[0]), files[0])).toBe(0);
    expect(Buffer.compare(await host.download(media[1]), files[1])).toBe(0);
  });

  atNight.it(
    'queue a thousand messages for a device of a stranger, and all for one of a user in the same room',
    async () => {
      const [sender, receiver, witness] = await Promise.all([
        Person.at(one, 'sender'),
        Person.at(two, 'receiver'),
        Person.at(two, 'witness'),
      ]);
      const waiting = async ({ id }: Person) =>
        Number(await two.running.sql(`SELECT count(*) FROM device_inbox WHERE user_id = '${id}'`));
      let sent = 0;
      const send = async (count: number) => {
        for (const end = sent + count; sent < end; ) {
          await Promise.all(Array.from({ length: 20 }, () => sender.tells(receiver, ++sent)));
        }
        // Messages to a server arrive in their order.
        const before = await waiting(witness);
        await sender.tells(witness, ++sent);
        await eventually('the last one to arrive', 120, async () => (await waiting(witness)) > before);
      };
      await send(1100);
      const kept = await waiting(receiver);
      // Some are taken at the same time.
      expect(kept).toBeGreaterThanOrEqual(1000);
      expect(kept).toBeLessThan(1020);

      const shared = await sender.invite(receiver.id);
      await receiver.accept(shared);
      await send(40);
      expect(await waiting(receiver)).toBe(kept + 40);
    },
  );

  atNight.it('cannot connect when one closes federation: its edge refuses requests, and it sends none', async () => {
    await one.apply(Federation.CLOSED);
    const paths = ['/_matrix/federation/v1/version', '/_matrix/federation/v1/send/1', '/_matrix/key/v2/server'];
    for (const path of paths) {
      expect(await one.ask(one.host, path, two.serverName)).toMatchObject({
        status: 404,
        // The edge's own error, so the request did not reach Synapse.
        body: expect.stringContaining('There is nothing here'),
      });
    }
    const heard = await bothSpeak(room, alice, bob, 'Is anybody there');
    await eventually('the other to give up', 60, () => two.failsToReach(one.serverName));
    expect(await heard()).toEqual([false, false]);
    expect(await alice.tries('POST', `${V3}/rooms/${room}/invite`, { user_id: `@carol:${two.serverName}` })).toEqual([
      403,
      'M_FORBIDDEN',
    ]);
  });

  it('exchange messages again when one allows only the other, and a third server is refused', async () => {
    await one.apply(inCluster(Federation.allowList(two.serverName)));
    // A request from it makes the other one retry at once, instead of after ten minutes.
    await alice.say(room, 'I am back');
    await eventually('the other to ask again', 60, async () => !(await two.failsToReach(one.serverName)));
    const heard = await bothSpeak(room, alice, bob, 'Hello again');
    await eventually('both to hear', 60, async () => (await heard()).every(Boolean));

    const path = '/_matrix/federation/v1/query/profile?user_id=x';
    expect(await one.ask(one.host, path, 'third.example')).toMatchObject({
      status: 403,
      body: expect.stringContaining('Federation denied with third.example'),
    });
    // A server on the list gets as far as the signature check.
    expect(await one.ask(one.host, path, two.serverName)).toMatchObject({ status: 401 });
    expect(await alice.tries('POST', `${V3}/rooms/${room}/invite`, { user_id: '@carol:third.example' })).toEqual([
      403,
      'M_FORBIDDEN',
    ]);
  });
});
