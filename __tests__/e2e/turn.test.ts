import { createSocket } from 'node:dgram';
import { Testing, Yaml } from 'cdk8s';
import { Accounts, Backups, Discovery, HomeserverConfig, ImageSource, MatrixChart, Turn, TurnEntry } from '../../lib';
import type { Transport } from './browser/calls';
import { Authority } from './support/authority';
import { Browser, FAKE_MEDIA, type Visitor } from './support/browser';
import { kubectl } from './support/kubectl';
import { type Account, Matrix } from './support/matrix';
import { secret } from './support/public-system';
import { System } from './support/system';
import { TurnClient, turnCredentials } from './support/turn-client';

jest.setTimeout(120_000);

const FIRST_NODE = '{.items[0].metadata.name} {.items[0].status.addresses[?(@.type=="InternalIP")].address}';
const WORKLOADS = ['statefulset/matrix-postgres', 'deployment/matrix-synapse', 'deployment/matrix-turn'];

/**
 * 1:1 calls between two browsers, which only coturn connects, and what strangers and users cannot do with it.
 *
 * This machine must reach the ports of the first node, also by UDP: kubectl forwards only TCP.
 */
describe('coturn', () => {
  const authority = Authority.make();
  let system: System;
  let node: string;
  let shared: string;
  const clients: TurnClient[] = [];

  function client(credentials = turnCredentials(shared, '@mallory:calls.test')): TurnClient {
    const made = new TurnClient(node, 30478, credentials);
    clients.push(made);
    return made;
  }

  beforeAll(async () => {
    const [name, address] = (await kubectl(['get', 'nodes', '-o', `jsonpath=${FIRST_NODE}`])).split(' ');
    node = address;
    const chart = new MatrixChart(Testing.app(), 'matrix', {
      namespace: 'matrix-e2e-turn',
      serverName: 'calls.test',
      publicBaseUrl: 'https://matrix.calls.test',
      // Upstream's newest is not on every cluster; this is the oldest that the settings are tested with.
      images: ImageSource.upstream({ replacements: { coturn: 'docker.io/coturn/coturn:4.6.1-alpine' } }),
      turn: Turn.coturn({
        host: node,
        entry: TurnEntry.nodePorts({ nodeLabels: { 'kubernetes.io/hostname': name } }),
        tlsSecretName: 'turn-tls',
      }),
      // matrix-js-sdk sends nothing unencrypted into an encrypted room, and the page has no encryption.
      synapse: {
        config: HomeserverConfig.recommended().extend({ encryption_enabled_by_default_for_room_type: 'off' }),
      },
      discovery: Discovery.none(),
      accounts: Accounts.none(),
      backups: Backups.none(),
    });
    const { certificate, key } = authority.certify('turn.calls.test');
    const tls = secret('turn-tls', { 'tls.crt': certificate, 'tls.key': key }, 'kubernetes.io/tls');
    const manifest = Yaml.stringify(...chart.toJson()).replaceAll(/cpu: \d00m/g, 'cpu: 20m');
    system = await System.apply('turn', manifest, WORKLOADS, async (namespace) => {
      await kubectl(['apply', '-n', namespace, '-f', '-'], Yaml.stringify(tls));
    });
    shared = await system.secret('matrix-turn-secret', 'shared_secret');
  });
  afterAll(async () => {
    for (const one of clients) one.close();
    await system?.remove();
  });

  describe('relays a call between two browsers', () => {
    let browser: Browser;
    let [alice, bob] = [] as Account[];
    let [hers, his] = [] as Visitor[];
    let room: string;

    beforeAll(async () => {
      const url = await system.url();
      const matrix = new Matrix(url, await system.secret('matrix-synapse-secret', 'registration_shared_secret'));
      [alice, bob] = [await matrix.register('alice'), await matrix.register('bob')];
      browser = await Browser.open({}, authority, FAKE_MEDIA);
      [hers, his] = [await browser.visitor(), await browser.visitor()];
      await Promise.all([
        hers.call('login', url, 'alice', alice.password),
        his.call('login', url, 'bob', bob.password),
      ]);
      await Promise.all([hers.call('sync'), his.call('sync')]);
      room = await hers.call('createRoom', bob.userId);
      await his.call('join', room);
    });
    afterAll(() => browser?.close());

    it('which get its addresses from Synapse', async () => {
      const uris = [`turn:${node}:30478?transport=udp`, `turn:${node}:30478?transport=tcp`];
      const all = [...uris, `turns:${node}:30349?transport=tcp`];
      expect([await hers.call('readyForCalls'), await his.call('readyForCalls')]).toEqual([all, all]);
    });

    it.each<Transport>(['udp', 'tcp', 'tls'])('over %s, with sound and picture both ways', async (transport) => {
      await Promise.all([hers.call('relayOnly', transport), his.call('relayOnly', transport)]);
      const [milliseconds] = await Promise.all([hers.call('placeCall', room), his.call('answerCall')]);
      const [she, he] = await Promise.all([hers.call('receives', 20), his.call('receives', 20)]);
      const path = `relay/${transport} to relay`;
      expect([she.path, he.path]).toEqual([path, path]);
      process.stderr.write(`coturn over ${transport}: connected after ${milliseconds} ms\n`);
      await hers.call('hangUp');
    });
  });

  it('relays between two of its own ports', async () => {
    const [one, other] = [client(), client()];
    const [from, to] = [`${await one.allocate()}`, `${await other.allocate()}`].map((all) => all.split(':'));
    expect([from[0], to[0]]).toEqual([node, node]);
    expect([await one.permit(node), await other.permit(node)]).toEqual([200, 200]);
    for (let tries = 0; tries < 5; tries++) one.send(node, Number(to[1]), 'hello');
    await new Promise((done) => setTimeout(done, 500));
    expect(other.received).toContain('hello');
  });

  it('refuses peers in the cluster: Services, pods, the metadata address, loopback and private networks', async () => {
    const own = await system.kubectl([
      'get',
      'pod',
      '-l',
      'app=matrix-synapse',
      '-o',
      'jsonpath={.items[0].status.podIP}',
    ]);
    const service = await system.kubectl(['get', 'service', 'matrix-synapse', '-o', 'jsonpath={.spec.clusterIP}']);
    const one = client();
    expect(await one.allocate()).toContain(node);
    const peers = [own, service, '169.254.169.254', '127.0.0.1', '0.0.0.0', '192.168.0.1', '172.16.0.1', '100.64.0.1'];
    const answers = await Promise.all(peers.map((peer) => one.permit(peer)));
    expect(Object.fromEntries(peers.map((peer, at) => [peer, answers[at]]))).toEqual(
      Object.fromEntries(peers.map((peer) => [peer, 403])),
    );
  });

  it('does not reach the node, whose address it has outside', async () => {
    let arrived = 0;
    const program = createSocket('udp4', () => arrived++);
    const port = await new Promise<number>((done) => program.bind(0, () => done(program.address().port)));
    const one = client();
    await one.allocate();
    await one.permit(node);
    for (let tries = 0; tries < 5; tries++) one.send(node, port, 'hello');
    await new Promise((done) => setTimeout(done, 500));
    program.close();
    expect(arrived).toBe(0);
  });

  it('refuses a wrong and an expired password', async () => {
    expect(await client(turnCredentials('guessed', '@mallory:calls.test')).allocate()).toBe(401);
    expect(await client(turnCredentials(shared, '@mallory:calls.test', -60)).allocate()).toBe(401);
  });

  it('refuses a user who holds more relay ports than the quota', async () => {
    const credentials = turnCredentials(shared, '@greedy:calls.test');
    const answers: (string | number)[] = [];
    for (let held = 0; held < 13; held++) answers.push(await client(credentials).allocate());
    expect(answers.slice(0, 12).filter((answer) => typeof answer === 'number')).toEqual([]);
    expect(answers[12]).toBe(486);
  });

  it('logs no name of people whose calls it relays', async () => {
    const log = await system.kubectl(['logs', '-l', 'app=matrix-turn', '--tail=-1']);
    expect(log).not.toMatch(/@(alice|bob):/);
  });
});
