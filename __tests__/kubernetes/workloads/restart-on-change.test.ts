import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SecretKey } from '../../../lib/kubernetes/secret-key';
import type { HardenedContainerProps } from '../../../lib/kubernetes/workloads/hardened-pod';
import { resources } from '../../../lib/kubernetes/workloads/resources';
import {
  RESTART_ON_CHANGE_SH,
  restartOnChange,
  watchedVolume,
} from '../../../lib/kubernetes/workloads/restart-on-change';
import { secretEnv } from '../../../lib/kubernetes/workloads/volumes';

const CONTAINER: HardenedContainerProps = {
  name: 'server',
  image: 'example.org/server:1',
  resources: resources(1, 1, 1),
  command: ['serve', '--quietly'],
  env: [
    { name: 'PLAIN', value: 'text' },
    secretEnv('PGPASSWORD', SecretKey.fromSecretName('database', 'password')),
    secretEnv('TOKEN', SecretKey.fromSecretName('api', 'token')),
  ],
  volumeMounts: [{ name: 'data', mountPath: '/data' }],
};

it('runs the command through the script, which watches the environment', () => {
  expect(restartOnChange(CONTAINER, '/scripts/restart-on-change.sh')).toEqual({
    ...CONTAINER,
    command: ['/bin/sh', '/scripts/restart-on-change.sh', '/watched', '--', 'serve', '--quietly'],
    volumeMounts: [
      { name: 'data', mountPath: '/data' },
      { name: 'watched', mountPath: '/watched', readOnly: true },
    ],
  });
});

it('mounts only the Secrets of the environment', () => {
  expect(watchedVolume(CONTAINER)).toEqual({
    name: 'watched',
    projected: {
      defaultMode: 0o440,
      sources: [
        { secret: { name: 'database', items: [{ key: 'password', path: 'PGPASSWORD' }] } },
        { secret: { name: 'api', items: [{ key: 'token', path: 'TOKEN' }] } },
      ],
    },
  });
});

it('refuses a container without a command', () => {
  const make = () => restartOnChange({ ...CONTAINER, command: undefined }, '/script');
  expect(make).toThrow("container 'server'");
  expect(make).toThrow('the command of its image');
});

describe('the script', () => {
  let folder: string;
  let child: ChildProcess;
  let ended: Promise<number | string>;
  const path = (name: string) => join(folder, name);
  const sleep = (ms: number) => new Promise((done) => setTimeout(done, ms));

  /** Runs a command that prints its process ID and reacts to SIGTERM in this way. */
  const runWith = async (onTerm: string, env: { [name: string]: string }, ...watched: string[]): Promise<string> => {
    const program = `trap '${onTerm}' TERM; echo "process $$ $*"; while :; do sleep 0.05; done`;
    const folders = watched.map(path);
    const args = [path('script.sh'), ...folders, '--', '/bin/sh', '-c', program, 'x', 'a  b', '$HOME'];
    child = spawn('/bin/sh', args, { env: { PATH: process.env.PATH, ...env }, detached: true });
    ended = new Promise((done) => child.on('exit', (code, signal) => done(signal ?? code ?? 'nothing')));
    return new Promise((said) => child.stdout?.once('data', (bytes) => said(String(bytes))));
  };
  const run = (...watched: string[]) => runWith('exit 7', { EVERY: '0.1' }, ...watched);

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'restart-'));
    writeFileSync(path('script.sh'), RESTART_ON_CHANGE_SH);
    for (const name of ['secrets', 'others', 'empty']) {
      mkdirSync(path(name));
    }
    writeFileSync(path('secrets/password'), 'first');
    writeFileSync(path('others/key'), 'other');
  });
  afterEach(() => {
    try {
      // The watching process still sleeps for a while.
      process.kill(-(child.pid as number), 'SIGKILL');
    } catch {
      // All processes have ended.
    }
    rmSync(folder, { recursive: true });
  });

  it('executes the command in its place, with unchanged arguments', async () => {
    expect(await run('secrets')).toBe(`process ${child.pid} a  b $HOME\n`);
  });

  it('passes the termination signal on to the command', async () => {
    await run('secrets');
    child.kill('SIGTERM');
    expect(await ended).toBe(7);
  });

  it('does not stop the command while nothing changes', async () => {
    await run('secrets', 'others', 'empty');
    writeFileSync(path('new'), 'first');
    // Like the kubelet, replaces files atomically.
    renameSync(path('new'), path('secrets/password'));
    expect(await Promise.race([ended, sleep(1000).then(() => 'runs')])).toBe('runs');
  });

  it.each([
    ['a value changes', 'secrets/password', 'second'],
    ['one of another folder does', 'others/key', 'otter'],
    ['a file comes into an empty folder', 'empty/old-keys.yaml', '{}'],
    ['a value changes only in its last line', 'secrets/password', 'first\n'],
  ])('stops the command when %s', async (_, name, text) => {
    await run('secrets', 'others', 'empty');
    writeFileSync(path(name), text);
    expect(await ended).toBe(7);
  });

  it('stops the command when a file is removed', async () => {
    await run('secrets');
    rmSync(path('secrets/password'));
    expect(await ended).toBe(7);
  });

  it('waits until other folders are updated too, so that the container restarts once', async () => {
    await runWith('exit 7', { EVERY: '1' }, 'secrets', 'others');
    // Shortly before the next check.
    await sleep(800);
    writeFileSync(path('secrets/password'), 'second');
    await sleep(300);
    writeFileSync(path('others/key'), 'otter');
    expect(await Promise.race([ended, 'runs'])).toBe('runs');
    expect(await ended).toBe(7);
  });

  it('sends the signal again to a command that may not have handled it yet', async () => {
    // Shortens every wait.
    writeFileSync(path('sleep'), '#!/bin/sh\nexec /bin/sleep 0.1\n', { mode: 0o755 });
    await runWith('trap "exit 7" TERM', { PATH: `${folder}:${process.env.PATH}` }, 'secrets');
    writeFileSync(path('secrets/password'), 'second');
    expect(await ended).toBe(7);
  });
});
