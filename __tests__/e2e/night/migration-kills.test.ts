import { eventually } from '../support/kubectl';
import { Matrix } from '../support/matrix';
import { type ApiDump, apiDump } from '../support/original/api-dump';
import { type Filling, fill } from '../support/original/filling';
import { OriginalInstallation } from '../support/original/installation';
import { movedSystem } from '../support/original/moved-system';
import { KILLED, StepsPod } from '../support/original/steps-pod';
import { PortForward } from '../support/port-forward';
import { printedCommands } from '../support/printed-commands';
import type { Shell } from '../support/shell';
import { printedSection } from '../watched/runbook';

jest.setTimeout(3_600_000);

const NAMESPACE = 'matrix-e2e-migration-kills';
/** So many that each step takes longer than the time to its kills. */
const AMOUNTS = { users: 20, rooms: 40, messages: 2000, files: 30 };
/** How often each step is killed before it may end. For a longer night: KILLS=5 for five times as many. */
const KILLS = Object.entries({ preflight: 3, copy: 12, update: 16, port: 30, compare: 14 }).map(
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
    filling = await fill(original.matrix, AMOUNTS);
    await original.restart();
    before = await apiDump(original.matrix, filling);
    const manifest = movedSystem(NAMESPACE);
    shell = await original.prepareMove(manifest, async () => {
      pod = await StepsPod.start(NAMESPACE, manifest, 'postgres');
      console.info(await survive('postgres', 6));
      await pod.end();
    });
    pod = await StepsPod.start(NAMESPACE, manifest);
    checksums = await sums();
  });
  afterAll(async () => {
    shell?.close();
    await original?.remove();
  });

  const asked = async <T>(port: number, ask: (matrix: Matrix) => Promise<T>): Promise<T> => {
    const forward = await PortForward.open(NAMESPACE, 'deployment/matrix-synapse', port);
    try {
      return await ask(new Matrix(forward.url));
    } finally {
      forward.close();
    }
  };
  const dump = () => asked(8008, (matrix) => apiDump(matrix, filling));
  const keys = () => asked(8009, (matrix) => matrix.ok('GET', '/_matrix/key/v2/server'));

  /** Kills a step at moments that lie evenly in the time that it takes, and then lets it end. */
  const survive = async (step: string, times: number): Promise<string> => {
    // How long it takes is known only afterwards: begins early, and goes later as long as it is still killed.
    let after = 0.15;
    let hits = 0;
    let done = false;
    for (let kill = 0; kill < times; kill++) {
      const { code, stderr: said } = await pod.run(step, after);
      // What is done is only looked at again: a kill of that does not count.
      done ||= code !== KILLED;
      hits += done ? 0 : 1;
      expect(`${code} ${code === KILLED ? '' : said}`).toMatch(/^(0|99) /);
      after = code === KILLED ? after * 1.25 : 0.15 + kill * 0.07;
    }
    const { code, stdout, stderr } = await pod.run(step);
    expect(`${code} ${stderr}`).toBe('0 ');
    killed += hits;
    return `${step}: killed ${hits} times before it was done. ${stdout}`;
  };

  it.each(KILLS)('survives kills of %s', async (step, times) => {
    console.info(await survive(step, times));
    expect(await sums()).toBe(checksums);
  });

  it('goes back after kills, and moves again', async () => {
    console.info(await survive('back', 5));
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
    expect(killed).toBeGreaterThanOrEqual(40);
    await pod.end();
    await shell.ok(printedCommands('startMoved'));
    expect(await dump()).toEqual(before);
  });

  it('has other keys and passwords in the same window, and other servers still believe what the old key signed', async () => {
    const old = Object.keys((await keys()).verify_keys);
    for (const secret of ['database', 'signing-key']) {
      await shell.ok(
        printedSection('how-to/rotate-secrets.md', '## Rotate one secret').replaceAll(
          'rotate-registration',
          `rotate-${secret}`,
        ),
      );
    }
    await eventually('the old key to be listed as such', 240, async () => {
      const { verify_keys, old_verify_keys } = await keys();
      return old.every((id) => id in old_verify_keys && !(id in verify_keys));
    });
    // The two Secrets may reach the pod apart, and each of them starts Synapse again.
    expect(await eventually('the answers', 240, dump)).toEqual(before);
  });
});
