import { Accounts, CallClient, Calls, HomeserverConfig, LivekitEntry } from '../../../lib';
import type { WidgetSetup } from '../browser/widget-host';
import { Authority } from './authority';
import { Browser, FAKE_MEDIA } from './browser';
import { controllerAddress } from './controller';
import { type Account, Matrix } from './matrix';
import { PublicSystem } from './public-system';

const V3 = '/_matrix/client/v3';
const MEMBER = 'org.matrix.msc3401.call.member';
const DEPLOYMENTS = ['livekit', 'livekit-token-service', 'element-call'];

/** A system with calls, four people in a room, and browsers with cameras. */
export class CallSystem {
  public static async install(authority = Authority.make()): Promise<CallSystem> {
    const home = await PublicSystem.install('calls', authority, {
      calls: Calls.livekit({
        host: 'calls.calls.test',
        entry: LivekitEntry.nodePorts({ udpPort: 30_472, tcpPort: 30_471 }),
        callClient: CallClient.element({ host: 'call.calls.test', embeddedBy: ['https://element.calls.test'] }),
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
  public async widgetSetup(person: number): Promise<WidgetSetup> {
    const { userId, token } = this.people[person];
    const { device_id: deviceId } = await this.matrix.ok('GET', `${V3}/account/whoami`, undefined, token);
    const elementCall = 'https://call.calls.test';
    return { homeserver: this.home.url, token, userId, deviceId, room: this.room, elementCall };
  }

  /** How many people are in the call, as the room says. */
  public async members(): Promise<number> {
    const state = await this.matrix.ok('GET', `${V3}/rooms/${this.room}/state`, undefined, this.people[0].token);
    const events = state.filter((event: { type: string }) => event.type === MEMBER);
    return events.filter((event: { content: object }) => Object.keys(event.content).length > 0).length;
  }

  public async remove(): Promise<void> {
    await Promise.all(this.browsers.map((browser) => browser.close().catch(() => undefined)));
    // Kubernetes looks again at a namespace only after half of the longest grace of its pods, which drains calls.
    const { system } = this.home;
    await system.kubectl(['delete', 'deployment', 'livekit']);
    await system.kubectl(['delete', 'pod', '-l', 'app=livekit', '--force', '--grace-period=0']);
    await this.home.remove();
  }
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
