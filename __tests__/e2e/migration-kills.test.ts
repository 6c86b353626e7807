import { tryKubectl } from './support/kubectl';
import { Matrix } from './support/matrix';
import { type ApiDump, apiDump } from './support/original/api-dump';
import { type Filling, fill } from './support/original/filling';
import { OriginalInstallation } from './support/original/installation';
import { movedSystem } from './support/original/moved-system';
import { KILLED, StepsPod } from './support/original/steps-pod';
import { PortForward } from './support/port-forward';
import { printedCommands } from './support/printed-commands';
import { Shell } from './support/shell';

jest.setTimeout(3_600_000);

const NAMESPACE = 'matrix-e2e-migration-kills';
/** How often each step is killed before it may end. For a longer night: KILLS=5 for five times as many. */
const KILLS = Object.entries({ preflight: 3, copy: 8, update: 10, port: 18, compare: 6 }).map(
  ([step, times]): [string, number] => [step, times * Number(process.env.KILLS ?? 1)],
);

describe('the move of the original installation, killed at any moment', () => {
  let original: OriginalInstallation;
  let filling: Filling;
  let before: ApiDump;
  let shell: Shell;
  let pod: StepsPod;
  let checksums: string;
  let killed = 0;
  const sums = async () => (await pod.exec('sh', '-c', 'cd /data && sha256sum homeserver.db* *.signing.key')).stdout;

  beforeAll(async () => {
    original = await OriginalInstallation.install(NAMESPACE);
    filling = await fill(original.matrix, { users: 8, rooms: 12, messages: 120, files: 6 });
    before = await apiDump(original.matrix, filling);
    const manifest = movedSystem(NAMESPACE);
    shell = Shell.withoutSystem(NAMESPACE, manifest);
    await shell.ok(printedCommands('beforeMove'));
    original.close();
    await shell.ok(printedCommands('stopWriters'));
    await shell.ok(printedCommands('newSystem'));
    pod = await StepsPod.start(NAMESPACE, manifest);
    checksums = await sums();
  });
  afterAll(async () => {
    shell?.close();
    await original?.remove();
  });

  /** Kills a step at moments that lie evenly in the time that it takes, and then lets it end. */
  const survive = async (step: string, times: number): Promise<string> => {
    // How long it takes is known only afterwards: begins early, and goes later as long as it is still killed.
    let after = 0.15;
    for (let kill = 0; kill < times; kill++) {
      const { code, stderr: said } = await pod.run(step, after);
      killed += code === KILLED ? 1 : 0;
      expect(`${code} ${code === KILLED ? '' : said}`).toMatch(/^(0|99) /);
      after = code === KILLED ? after * 1.25 : 0.15 + kill * 0.07;
    }
    const { code, stdout, stderr } = await pod.run(step);
    expect(`${code} ${stderr}`).toBe('0 ');
    return stdout;
  };

  it.each(KILLS)('survives kills of %s', async (step, times) => {
    console.info(`${step}: ${await survive(step, times)}`);
    expect(await sums()).toBe(checksums);
  });

  it('goes back after kills, and moves again', async () => {
    console.info(`back: ${await survive('back', 5)}`);
    expect((await pod.run('compare')).stderr).toContain('compare: REFUSED: the step before this one');
    for (const step of ['preflight', 'copy', 'update']) {
      expect((await pod.run(step)).stderr).toBe('');
    }
    // Half of a port, and back from there.
    await pod.run('port', 8);
    expect((await pod.run('back')).stdout).toContain('back: PostgreSQL is empty');
    for (const step of ['preflight', 'copy', 'update', 'port', 'compare']) {
      expect((await pod.run(step)).stderr).toBe('');
    }
  });

  it('has lost nothing', async () => {
    expect(await sums()).toBe(checksums);
    console.info(`${killed} kills`);
    expect(killed).toBeGreaterThan(30);
    await tryKubectl(['delete', 'pod', 'move-steps', '-n', NAMESPACE]);
    await shell.ok(printedCommands('startMoved'));
    const forward = await PortForward.open(NAMESPACE, 'deployment/matrix-synapse', 8008);
    const after = await apiDump(new Matrix(forward.url), filling);
    forward.close();
    expect(after).toEqual(before);
  });
});
