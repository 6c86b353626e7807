import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const SCRIPT = join(__dirname, '../../../lib/calls/turn/start-turn.sh');
const root = mkdtempSync(join(tmpdir(), 'start-turn-'));
let folder: string;
const path = (name: string) => join(folder, name);
let server: ChildProcess | undefined;

/** The database is a file with a line for each secret. A secret with a quote is one that it does not take. */
const STAND_INS = {
  turnadmin: `#!/bin/sh
for one in "$@"; do case "$one" in
  --set-secret=*\\'*) exit 0 ;;
  --set-secret=*) echo "\${one#*=}[calls.test]" >>"$STORE" ;;
  --delete-secret=*) grep -Fv "\${one#*=}[" "$STORE" >"$STORE.new"; mv "$STORE.new" "$STORE" ;;
  --show-secret) cat "$STORE" ;;
esac; done
`,
  turnserver: `#!/bin/sh
echo "$*" >"$STORE.args"
trap 'echo reloaded >>"$STORE.signals"' USR2
while :; do sleep 0.05; done
`,
};

beforeEach(() => {
  // The loop of the script before may go on for a moment.
  folder = mkdtempSync(join(root, 'test-'));
  mkdirSync(path('tls'), { recursive: true });
  for (const [name, text] of Object.entries({ ...STAND_INS, store: '', 'store.signals': '', secret: 'first' })) {
    writeFileSync(path(name), text);
    chmodSync(path(name), 0o755);
  }
  writeFileSync(path('tls/tls.crt'), 'old');
});
afterEach(() => server?.kill('SIGKILL'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

function start(keep: number): Promise<number | null> {
  const child = spawn('sh', [SCRIPT, '/config/turnserver.conf'], {
    env: {
      PATH: `${folder}:${process.env.PATH}`,
      STORE: path('store'),
      SECRET_FILE: path('secret'),
      TLS_FOLDER: path('tls'),
      EVERY: '0.1',
      KEEP: `${keep}`,
      REALM: 'calls.test',
      POD_IP: '10.1.2.3',
      PUBLIC_ADDRESS: '203.0.113.7',
    },
    stdio: 'ignore',
  });
  server = child;
  return new Promise((done) => child.on('exit', done));
}

const stored = () => readFileSync(path('store'), 'utf8').trim().split('\n');

async function until(what: () => boolean): Promise<void> {
  for (let tries = 0; tries < 100 && !what(); tries++) {
    await new Promise((done) => setTimeout(done, 50));
  }
  expect(what()).toBe(true);
}

const started = () => {
  try {
    return readFileSync(path('store.args'), 'utf8').length > 0;
  } catch {
    return false;
  }
};

it('starts coturn with the secret in its database, and not in its arguments', async () => {
  start(60);
  await until(started);
  expect(stored()).toEqual(['first[calls.test]']);
  const args = readFileSync(path('store.args'), 'utf8');
  expect(args).toContain('--external-ip=203.0.113.7/10.1.2.3');
  expect(args).toContain('--allowed-peer-ip=10.1.2.3');
  expect(args).not.toContain('first');
});

it('takes a secret that begins like an option, as one of 64 does', async () => {
  writeFileSync(path('secret'), '-Jx');
  start(60);
  await until(started);
  expect(stored()).toEqual(['-Jx[calls.test]']);
});

it('takes a new secret while coturn runs, and drops the one before when its time is over', async () => {
  start(2);
  await until(started);
  writeFileSync(path('secret'), 'second');
  await until(() => stored().length === 2);
  expect(stored()).toEqual(['first[calls.test]', 'second[calls.test]']);
  await until(() => stored().length === 1);
  expect(stored()).toEqual(['second[calls.test]']);
});

it('keeps the secret that is valid again', async () => {
  start(60);
  await until(started);
  writeFileSync(path('secret'), 'second');
  await until(() => stored().length === 2);
  writeFileSync(path('secret'), 'first');
  await until(() => stored().join() === 'second[calls.test],first[calls.test]');
});

it('makes coturn read a new certificate', async () => {
  start(60);
  await until(started);
  writeFileSync(path('tls/tls.crt'), 'new');
  await until(() => readFileSync(path('store.signals'), 'utf8').includes('reloaded'));
});

it('ends when the secret cannot be stored', async () => {
  writeFileSync(path('secret'), "it's");
  expect(await start(60)).toBe(1);
});
