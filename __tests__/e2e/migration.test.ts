import { atNight } from './support/at-night';
import { eventually, tryKubectl } from './support/kubectl';
import { Matrix } from './support/matrix';
import { adopt, adoptedSystem } from './support/original/adopted-system';
import { type ApiDump, apiDump } from './support/original/api-dump';
import { type Filling, fill, SMALL } from './support/original/filling';
import { OriginalInstallation, UNFINISHED } from './support/original/installation';
import { PortForward } from './support/port-forward';
import { type Procedure, printedCommands } from './support/printed-commands';
import { Shell } from './support/shell';

jest.setTimeout(3_600_000);

const NAMESPACE = 'matrix-e2e-migration';
/** Small in CI. For a night: MOVE_SIZE=20, which is 200 people, 400 rooms, 20,000 messages and 300 files. */
const SIZE = Number(process.env.MOVE_SIZE ?? 0);
const AMOUNTS = SIZE > 0 ? { users: 10 * SIZE, rooms: 20 * SIZE, messages: 1000 * SIZE, files: 15 * SIZE } : SMALL;
/** In a night also MOVE_MEGABYTES=1000: the database is made so large with copies of its messages. */
const MEGABYTES = Number(process.env.MOVE_MEGABYTES ?? 0);
/** The original takes half a minute for a page of so many messages. The last step of the move compares all of them. */
const PAGES = MEGABYTES > 0 ? 0 : Infinity;

describe('the move of the original installation', () => {
  let original: OriginalInstallation;
  let filling: Filling;
  let before: ApiDump;
  let said: string;
  let shell: Shell;
  let keyBefore: string[];
  let portBefore: string;

  beforeAll(async () => {
    original = await OriginalInstallation.install(NAMESPACE);
    filling = await fill(original.matrix, AMOUNTS);
    if (MEGABYTES > 0) {
      console.info(await original.grow(MEGABYTES));
    }
    await original.restart();
    await original.leaveUnfinished(filling.administrator);
    before = await apiDump(original.matrix, filling, PAGES);
    keyBefore = await publishedKeys();
    portBefore = await nodePort();
    said = adopt(NAMESPACE);
    shell = Shell.withoutSystem(NAMESPACE, adoptedSystem(said));
  });
  afterAll(async () => {
    shell?.close();
    await original?.remove();
  });

  const follow = async (procedure: Procedure): Promise<string> => {
    const began = Date.now();
    const said = await shell.ok(printedCommands(procedure));
    console.info(`${procedure}: ${Math.round((Date.now() - began) / 1000)} s\n${said}`);
    return said;
  };
  const kubectl = (...args: string[]) => tryKubectl([...args, '-n', NAMESPACE]);
  /** What a server answers now. */
  const dump = async (): Promise<ApiDump> => {
    const forward = await PortForward.open(NAMESPACE, 'deployment/matrix-synapse', 8008);
    try {
      return await apiDump(new Matrix(forward.url), filling, PAGES);
    } finally {
      forward.close();
    }
  };
  const files = () => original.checksums('deployment/matrix-synapse');
  /** IDs of the keys by which other servers know the original. */
  const publishedKeys = async () => {
    const { body } = await original.matrix.request('GET', '/_matrix/key/v2/server');
    return Object.keys(body.verify_keys);
  };
  /** ID of the key that the new system signs with. It publishes none, because it does not federate. */
  const ownKey = async () => {
    const pod = ['exec', 'deployment/matrix-synapse', '-n', NAMESPACE, '--', 'cat', '/secrets/signing.key'];
    const [algorithm, version] = (await tryKubectl(pod)).stdout.split(' ');
    return `${algorithm}:${version}`;
  };

  const nodePort = async () => {
    const port = 'jsonpath={.spec.ports[?(@.port==8008)].nodePort}';
    return (await kubectl('get', 'service/matrix-synapse', '-o', port)).stdout;
  };
  /** What clients that know only the server name are told. */
  const discovered = async () => {
    const forward = await PortForward.open(NAMESPACE, 'service/matrix-discovery', 80);
    try {
      const url = `${forward.url}/.well-known/matrix/client`;
      return JSON.parse(await shell.ok(`curl -s -H 'Host: caritas.local' ${url}`));
    } finally {
      forward.close();
    }
  };

  /** The log of a Synapse that waits for its data. */
  const waiting = async (): Promise<string> => {
    await kubectl('scale', 'deployment/matrix-synapse', '--replicas=1');
    return eventually('a Synapse that waits', 60, async () => {
      const { stdout } = await kubectl('logs', 'deployment/matrix-synapse');
      return stdout.includes('it is empty, but /data has an SQLite database: move that first') && stdout;
    });
  };
  const stopped = async () => {
    await kubectl('scale', 'deployment/matrix-synapse', '--replicas=0');
    await kubectl('wait', '--for=delete', 'pod', '-l', 'app=matrix-synapse', '--timeout=60s');
  };

  it('is foretold by adopt, whose program is the one that follows here', () => {
    expect(said).toContain('the data is in SQLite');
    expect(said).toMatch(/What cannot be changed in place:\n- nothing/);
  });

  it('is prepared while the original runs', async () => {
    expect(await follow('beforeMove')).toContain('secret/matrix-signing-key created');
    expect(await dump()).toEqual(before);
  });

  it('keeps the new Synapse from starting on an empty database', async () => {
    original.close();
    await follow('stopWriters');
    await follow('newSystem');
    expect(await waiting()).not.toContain('STARTING SERVER');
  });

  it('refuses while a Synapse runs', async () => {
    const said = await shell.ok(printedCommands('moveData'));
    expect(said).toContain('preflight: REFUSED: deployment matrix-synapse is not scaled to 0');
    await stopped();
  });

  it('moves the data, with a background update that the original had not finished', async () => {
    const said = await follow('moveData');
    expect(said).toMatch(/update: schema \d+ became \d+ in \d+ s, and of [1-9]\d* unfinished background updates none/);
    expect(said).toMatch(/compare: \d+ tables with \d+ rows are equal.*Synapse may start/);
  });

  it('starts, shows that it is the same server, and answers everything as the original did', async () => {
    const said = await follow('startMoved');
    const key = keyBefore[0].replace(':', ' ');
    expect(said).toContain(`${key}\n${key}\n`);
    expect(said).toContain('{"versions":["r0.0.1"');
    expect(said).toContain(`"user_id":"${filling.administrator.userId}"`);
    expect(said).toMatch(/^[1-9]\d* events of !/m);
    expect(said).toMatch(/^(\d+) of \1 bytes of the file /m);
    const index = `SELECT name FROM sqlite_master WHERE name = '${UNFINISHED}'`;
    expect(await original.sqlite('sqlite-migration/copy.db', index)).toEqual([[UNFINISHED]]);
    expect(await dump()).toEqual(before);
    expect([await ownKey()]).toEqual(keyBefore);
    expect(await nodePort()).toBe(portBefore);
    expect((await discovered())['m.homeserver']).toEqual({ base_url: 'http://caritas.local:8008' });
  });

  it('goes back to the original as it was', async () => {
    expect(await follow('goBack')).toContain('deployment "matrix-synapse" successfully rolled out');
    expect(await dump()).toEqual(before);
  });

  atNight.it('moves again', async () => {
    await follow('stopWriters');
    await follow('newSystem');
    await waiting();
    const checksums = await files();
    await stopped();
    expect(await follow('moveData')).toContain('Synapse may start');
    await follow('startMoved');
    expect(await dump()).toEqual(before);
    expect(await files()).toBe(checksums);
  });

  atNight.it('refuses to go back after a user has written', async () => {
    const forward = await PortForward.open(NAMESPACE, 'deployment/matrix-synapse', 8008);
    const matrix = new Matrix(forward.url);
    const { userId, token, password } = filling.residents[1];
    await matrix.login(userId, password);
    const reset = { new_password: 'another password', logout_devices: false };
    await matrix.ok('POST', `/_synapse/admin/v1/reset_password/${userId}`, reset, filling.administrator.token);
    await matrix.ok('PUT', `/_matrix/client/v3/profile/${userId}/displayname`, { displayname: 'another' }, token);
    const { id, reader } = filling.rooms[0];
    const path = `/_matrix/client/v3/rooms/${encodeURIComponent(id)}/send/m.room.message/after`;
    await matrix.ok('PUT', path, { msgtype: 'm.text', body: 'after the move' }, reader.token);
    forward.close();
    await stopped();
    await kubectl('create', 'job', '--from=cronjob/matrix-migration-back', 'too-late');
    await kubectl('wait', '--for=condition=failed', 'job/too-late', '--timeout=60s');
    const { stdout } = await kubectl('logs', 'job/too-late');
    expect(stdout).toContain(
      'back: REFUSED: since the move, people have written messages and other events, passwords, profiles, logins',
    );
  });
});
