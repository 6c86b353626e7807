import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Duration } from 'cdk8s';
import { Accounts, CallClient, Calls, HomeserverConfig, LivekitEntry } from '../../../lib';
import type { Media } from '../browser/group-calls';
import type { WidgetSetup } from '../browser/widget-host';
import { examine, lineOf } from '../doctor/examination';
import { Authority } from './authority';
import { Browser, FAKE_MEDIA, type Visitor } from './browser';
import { controllerAddress } from './controller';
import { eventually } from './kubectl';
import { type Account, Matrix } from './matrix';
import { PublicSystem } from './public-system';

const V3 = '/_matrix/client/v3';
const MEMBER = 'org.matrix.msc3401.call.member';
const DEPLOYMENTS = ['livekit', 'livekit-token-service', 'element-call'];

interface Options {
  /** How long an update waits for calls to end. */
  readonly drain?: Duration;
  /** Address of a node, at which a relay is then. */
  readonly relayAt?: string;
}

/** A system with calls, four people in a room, and browsers with cameras. */
export class CallSystem {
  /** @param udpPort the port before it is for TCP, the one after it for the relay. */
  public static async install(name = 'calls', udpPort = 30_472, options: Options = {}): Promise<CallSystem> {
    const { drain, relayAt: publicAddress } = options;
    const authority = Authority.make();
    const home = await PublicSystem.install(name, authority, {
      calls: Calls.livekit({
        host: `calls.${name}.test`,
        entry: LivekitEntry.nodePorts({ udpPort, tcpPort: udpPort - 1, publicAddress }),
        relayPort: publicAddress ? udpPort + 1 : undefined,
        drain,
        callClient: CallClient.element({
          host: `call.${name}.test`,
          embeddedBy: [`https://element.${name}.test`],
        }),
      }),
      // The pages have no encryption, by which Element Call passes on its keys in encrypted rooms.
      synapse: {
        config: HomeserverConfig.recommended().extend({ encryption_enabled_by_default_for_room_type: 'off' }),
      },
      accounts: Accounts.none(),
    });
    for (const name of DEPLOYMENTS) {
      await home.system.kubectl(['rollout', 'status', `deployment/${name}`, '--timeout=120s']);
    }
    const sharedSecret = await home.system.secret('matrix-synapse-secret', 'registration_shared_secret');
    const matrix = new Matrix(await home.system.url(), sharedSecret);
    const people = await Promise.all(['anna', 'ben', 'cleo', 'dora'].map((name) => matrix.register(name)));
    return new CallSystem(home, authority, matrix, people, await roomOf(matrix, people));
  }

  private readonly browsers: Browser[] = [];

  private constructor(
    public readonly home: PublicSystem,
    private readonly authority: Authority,
    public readonly matrix: Matrix,
    public readonly people: Account[],
    public readonly room: string,
  ) {}

  /** Opens a browser. */
  public async open(...flags: string[]): Promise<Browser> {
    // Not by kubectl, which ends a forward when a client ends without a word.
    const ways = this.home.waysBy(await controllerAddress());
    const browser = await Browser.open(ways, this.authority, [...FAKE_MEDIA, ...flags]);
    this.browsers.push(browser);
    return browser;
  }

  /** What Element Call has to know about a person. */
  public async widgetSetup(person: number, room = this.room): Promise<WidgetSetup> {
    const { userId, token } = this.people[person];
    const { device_id: deviceId } = await this.matrix.ok('GET', `${V3}/account/whoami`, undefined, token);
    const elementCall = `https://call.${this.home.serverName}`;
    return { homeserver: this.home.url, token, userId, deviceId, room, elementCall };
  }

  /** How many people are in the call, as the room says. */
  public async members(room = this.room): Promise<number> {
    const state = await this.matrix.ok('GET', `${V3}/rooms/${room}/state`, undefined, this.people[0].token);
    const events = state.filter((event: { type: string }) => event.type === MEMBER);
    return events.filter((event: { content: object }) => Object.keys(event.content).length > 0).length;
  }

  /** So many people join the call, each from the browser at the same place, or from the first. */
  public async join(count: number, ...from: Browser[]): Promise<Visitor[]> {
    const visitors: Visitor[] = [];
    // Chromium breaks requests off while interfaces of pods come and go.
    const patiently = <T>(what: string, call: () => Promise<T>) => eventually(what, 30, call);
    for (const [index, { userId, password }] of this.people.slice(0, count).entries()) {
      const visitor = await (from[index] ?? from[0]).visitor();
      await patiently('a login', () => visitor.call('login', this.home.url, userId, password));
      visitors.push(visitor);
    }
    const joins = visitors.map((visitor) => patiently('a place', () => visitor.call('joinGroupCall', this.room)));
    const services = await Promise.all(joins);
    expect([...new Set(services)]).toEqual([`https://calls.${this.home.serverName}/livekit/jwt`]);
    return visitors;
  }

  /** Ends with all who are in the call. */
  public async end(...visitors: Pick<Visitor, 'page'>[]): Promise<void> {
    await Promise.all(visitors.map((visitor) => visitor.page.close()));
    await this.emptied();
  }

  /** Waits until the room shows no members of the call. */
  public async emptied(room = this.room): Promise<void> {
    await eventually('an empty call', 30, async () => (await this.members(room)) === 0);
  }

  /** What the doctor says about calls. */
  public async diagnosis(): Promise<string[]> {
    const ways = Object.entries(this.home.waysBy(await controllerAddress()));
    const args = ways.flatMap(([place, address]) => ['--resolve', `${place}:${address}`]);
    const folder = mkdtempSync(join(tmpdir(), 'matrix-calls-'));
    const trust = { NODE_EXTRA_CA_CERTS: join(folder, 'ca.pem') };
    writeFileSync(trust.NODE_EXTRA_CA_CERTS, this.authority.certificate);
    const { findings } = await examine(this.home.system.namespace, args, trust);
    rmSync(folder, { recursive: true });
    return findings.filter(({ check }) => check === 'calls').map(lineOf);
  }

  public async remove(): Promise<void> {
    await Promise.all(this.browsers.map((browser) => browser.close().catch(() => undefined)));
    await this.home.remove();
  }
}

/** What each receives from all the others, as soon as there are pictures and sound. */
export async function media(visitors: Visitor[], what: string): Promise<Media[]> {
  const all = await Promise.all(visitors.map((visitor) => visitor.call('receivesFrom', visitors.length - 1, 20)));
  const times = all.map((one) => `${one.connected}/${one.firstPicture}`).join(', ');
  process.stderr.write(`call ${what}: connected/first picture after ${times} ms\n`);
  return all;
}

async function roomOf(matrix: Matrix, [owner, ...others]: Account[]): Promise<string> {
  const body = {
    preset: 'private_chat',
    invite: others.map(({ userId }) => userId),
    power_level_content_override: { events: { [MEMBER]: 0 } },
  };
  const { room_id } = await matrix.ok('POST', `${V3}/createRoom`, body, owner.token);
  await Promise.all(others.map(({ token }) => matrix.ok('POST', `${V3}/join/${room_id}`, {}, token)));
  return room_id;
}
