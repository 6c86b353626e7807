import { Duration } from 'cdk8s';
import { Calls, FederatedUsers, Federation, LivekitEntry } from '../../../lib';
import { Authority } from '../support/authority';
import { CONTROLLER, CONTROLLER_PORT, INGRESS } from '../support/controller';
import { controllerRange, FederatingSystem } from '../support/federating-system';
import { eventually, kubectl } from '../support/kubectl';
import { type Account, type Answer, Matrix } from '../support/matrix';

jest.setTimeout(600_000);

const V3 = '/_matrix/client/v3';
const authority = Authority.make();
const other = new FederatingSystem('calls-two', authority, INGRESS);
// On the internet it would be a public URL.
const theirs = { serverName: other.serverName, url: `http://openid.${other.namespace}.svc.cluster.local` };
const home = new FederatingSystem('calls-one', authority, INGRESS);
const callsFor = (federatedUsers: FederatedUsers) =>
  Calls.livekit({
    host: 'calls.example.org',
    entry: LivekitEntry.nodePorts({ udpPort: 30_482, tcpPort: 30_481 }),
    // Its namespace is gone only when its calls are.
    drain: Duration.seconds(10),
    tokens: { federatedUsers, replicas: 1 },
  });

const SYNAPSE = { app: 'matrix-synapse' };
const SERVICE = {
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'openid', namespace: other.namespace },
  spec: { selector: SYNAPSE, ports: [{ port: 80, targetPort: 8009 }] },
};

/** By policy, the token service reaches only the internet, where another server usually is. */
const bridge = (namespace: string, matchLabels: object, direction: 'Ingress' | 'Egress') => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name: 'other-server', namespace },
  spec: {
    podSelector: { matchLabels },
    policyTypes: [direction],
    [direction.toLowerCase()]: [{ ports: [{ port: 8009 }] }],
  },
});

const quoted = encodeURIComponent;

describe('calls with users of another server', () => {
  let tokens: Matrix;
  let room: string;
  let anna: Account;
  let bob: Account;
  let eve: Account;
  let federation: Federation;

  beforeAll(async () => {
    const network = { addresses: await controllerRange(), peer: CONTROLLER, port: CONTROLLER_PORT };
    federation = Federation.OPEN.withPrivateNetwork(network);
    await Promise.all([home.install(federation, callsFor(FederatedUsers.full(theirs))), other.install(federation)]);
    const items = [
      SERVICE,
      bridge(home.namespace, { app: 'livekit-token-service' }, 'Egress'),
      bridge(other.namespace, SYNAPSE, 'Ingress'),
    ];
    await kubectl(['apply', '-f', '-'], JSON.stringify({ apiVersion: 'v1', kind: 'List', items }));
    anna = await home.matrix.register('anna');
    [bob, eve] = await Promise.all(['bob', 'eve'].map((name) => other.matrix.register(name)));
    const body = { preset: 'private_chat', invite: [bob.userId] };
    room = (await home.matrix.ok('POST', `${V3}/createRoom`, body, anna.token)).room_id;
    await eventually('the invitation', 30, async () => {
      const { rooms } = await other.matrix.ok('GET', `${V3}/sync`, undefined, bob.token);
      return room in (rooms?.invite ?? {});
    });
    await other.matrix.ok('POST', `${V3}/join/${quoted(room)}`, {}, bob.token);
    await follow('full');
  });
  afterAll(() => Promise.all([home, other].map((one) => one.remove())));

  /** Asks the token service that runs now. */
  async function follow(what: string): Promise<void> {
    const rollout = ['rollout', 'status', 'deployment/livekit-token-service', '--timeout=180s'];
    await home.running.kubectl(rollout);
    tokens = new Matrix(await home.running.url('deployment/livekit-token-service', 3010));
    await eventually(`a token service with ${what}`, 60, async () => (await ask(anna, home.matrix)).status === 200);
  }

  /** Asks for a token with the OpenID token of the user's own server. */
  async function ask({ userId, token }: Account, own = other.matrix): Promise<Answer> {
    const openid_token = await own.ok('POST', `${V3}/user/${quoted(userId)}/openid/request_token`, {}, token);
    return tokens.request('POST', '/sfu/get', { room, device_id: 'DEVICE', openid_token });
  }

  /** Whether the token that they get lets them speak. */
  async function speaks(account: Account): Promise<boolean> {
    const { status, body } = await ask(account);
    expect(status).toBe(200);
    return JSON.parse(Buffer.from(body.jwt.split('.')[1], 'base64url').toString()).video.canPublish;
  }

  it('lets a member of the room speak, and refuses a user who is not in it', async () => {
    expect(await speaks(bob)).toBe(true);
    expect((await ask(eve)).status).toBe(403);
  });

  it('lets members from another server only listen with FederatedUsers.listen', async () => {
    await home.apply(federation, callsFor(FederatedUsers.listen(theirs)));
    await follow('listen');
    expect(await speaks(bob)).toBe(false);
  });

  it('refuses a user who was kicked', async () => {
    await home.matrix.ok('POST', `${V3}/rooms/${quoted(room)}/kick`, { user_id: bob.userId }, anna.token);
    expect((await ask(bob)).status).toBe(403);
  });

  it('refuses users of other servers with FederatedUsers.none', async () => {
    await home.apply(federation, callsFor(FederatedUsers.none()));
    await follow('none');
    expect((await ask(bob)).status).toBe(401);
  });
});
