import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { HardenedContainerProps } from '../../lib/kubernetes/pod';
import { resources } from '../../lib/kubernetes/resources';
import { RESTART_ON_CHANGE_SH, restartOnChange, watchedVolume } from '../../lib/kubernetes/restart-on-change';
import { SecretKey } from '../../lib/kubernetes/secret-key';
import { secretEnv } from '../../lib/kubernetes/volumes';

const CONTAINER: HardenedContainerProps = {
  name: 'server',
  image: 'example.org/server:1',
  resources: resources(1, 1, 1),
  command: ['serve', '--quietly'],
  env: [
    { name: 'PLAIN', value: 'text' },
    secretEnv('PGPASSWORD', SecretKey.of('database', 'password')),
    secretEnv('TOKEN', SecretKey.of('api', 'token')),
  ],
  volumeMounts: [{ name: 'data', mountPath: '/data' }],
};

it('runs the command behind the script, which watches the environment and the folders', () => {
  expect(restartOnChange(CONTAINER, '/scripts/restart-on-change.sh', '/secrets')).toEqual({
    ...CONTAINER,
    command: ['/bin/sh', '/scripts/restart-on-change.sh', '/watched', '/secrets', '--', 'serve', '--quietly'],
    volumeMounts: [
      { name: 'data', mountPath: '/data' },
      { name: 'watched', mountPath: '/watched', readOnly: true },
    ],
  });
});

it('mounts every Secret of the environment as a file, and nothing else', () => {
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

it('fails when the container has no command', () => {
  const make = () => restartOnChange({ ...CONTAINER, command: undefined }, '/script');
  expect(make).toThrow("container 'server' has no command");
  expect(make).toThrow('write that of its image');
});

describe('the script', () => {
  let folder: string;
  let child: ChildProcess;
  let ended: Promise<number | string>;
  const path = (name: string) => join(folder, name);
  const sleep = (ms: number) => new Promise((done) => setTimeout(done, ms));

  /** Runs a command that tells its process, and ends with 7 when it is asked to. */
  const run = async (...watched: string[]): Promise<string> => {
    const program = 'trap "exit 7" TERM; echo "process $$ $*"; while :; do sleep 0.05; done';
    const folders = watched.map(path);
    const args = [path('script.sh'), ...folders, '--', '/bin/sh', '-c', program, 'x', 'a  b', '$HOME'];
    child = spawn('/bin/sh', args, { env: { PATH: process.env.PATH, EVERY: '0.1' } });
    ended = new Promise((done) => child.on('exit', (code, signal) => done(signal ?? code ?? 'nothing')));
    return new Promise((said) => child.stdout?.once('data', (bytes) => said(String(bytes))));
  };

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
    child.kill('SIGKILL');
    rmSync(folder, { recursive: true });
  });

  it('is replaced by the command, with its arguments as they are', async () => {
    expect(await run('secrets')).toBe(`process ${child.pid} a  b $HOME\n`);
  });

  it('hands on the signal by which the pod is ended', async () => {
    await run('secrets');
    child.kill('SIGTERM');
    expect(await ended).toBe(7);
  });

  it('leaves the command alone while nothing changes', async () => {
    await run('secrets', 'others', 'empty');
    writeFileSync(path('secrets/password'), 'first');
    expect(await Promise.race([ended, sleep(1000).then(() => 'runs')])).toBe('runs');
  });

  it.each([
    ['a value changes', 'secrets/password', 'second'],
    ['one of another folder does', 'others/key', 'otter'],
    ['a file comes into an empty folder', 'empty/old-keys.yaml', '{}'],
    ['a value changes in its last line alone', 'secrets/password', 'first\n'],
  ])('asks it to end when %s', async (_, name, text) => {
    await run('secrets', 'others', 'empty');
    writeFileSync(path(name), text);
    expect(await ended).toBe(7);
  });

  it('asks it to end when a file goes', async () => {
    await run('secrets');
    rmSync(path('secrets/password'));
    expect(await ended).toBe(7);
  });
});
