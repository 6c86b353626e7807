import { chmodSync, mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { Account } from './doctor/account';
import { type Examination, examine, lineOf, problems } from './doctor/examination';
import { INSIDE } from './doctor/faults/inside';
import { OUTAGES } from './doctor/faults/outages';
import { PUBLIC_FAULTS } from './doctor/faults/public';
import { installOriginal } from './doctor/original';
import { Stage } from './doctor/stage';
import { atNight, CORE } from './support/at-night';
import { PortForward } from './support/port-forward';
import { printedCommands } from './support/printed-commands';
import { Shell } from './support/shell';
import { removeNamespace } from './support/system';

jest.setTimeout(300_000);

const ORIGINAL = 'matrix-e2e-doctor-original';
/** What is left to do for the operator of a new system. */
const TO_DO = ['warn backup: no backup has been made yet', 'warn drill: no restore drill has succeeded yet'];
let stage: Stage;

beforeAll(async () => {
  // SQLite takes its time to make the tables, so it begins now.
  const original = CORE ? undefined : installOriginal(ORIGINAL);
  stage = await Stage.open();
  await original;
});
afterAll(async () => {
  await Promise.all([stage?.close(), removeNamespace(ORIGINAL)]);
});

describe('of a new system', () => {
  let found: Examination;
  beforeAll(async () => {
    found = await stage.settle();
  });

  it('finds it well, but for what its operator has to do', () => {
    expect(problems(found)).toEqual(TO_DO);
    expect(found.code).toBe(0);
  });

  it('needs no other rights than those of the documentation, and none to Secrets to look at everything else', async () => {
    const account = await Account.make(Stage.NAMESPACE);
    try {
      expect(problems(await stage.look({ KUBECONFIG: account.kubeconfig }))).toEqual(TO_DO);
      await Account.make(Stage.NAMESPACE, 'secrets');
      const without = await stage.look({ KUBECONFIG: account.kubeconfig });
      expect(problems(without)).toEqual([expect.stringMatching(/^unknown secrets: secrets is forbidden/), ...TO_DO]);
      expect(without.code).toBe(2);
    } finally {
      await account.remove();
    }
  });

  it('names a clock that is wrong', async () => {
    const { findings } = await stage.look({ NODE_OPTIONS: `--require ${join(__dirname, 'doctor', 'clock.cjs')}` });
    expect(findings.map(lineOf)).toContainEqual(
      expect.stringMatching(/^fail clock: .* (59|60)\d s ahead of this machine/),
    );
  });

  it('runs as it is printed, and names hosts that do not resolve', async () => {
    const shell = Shell.withoutSystem(Stage.NAMESPACE, stage.system.manifest);
    const bin = join(shell.folder, 'node_modules', '.bin');
    const program = join(__dirname, '..', '..', 'build', 'cli', 'main.js');
    mkdirSync(bin, { recursive: true });
    chmodSync(program, 0o755);
    symlinkSync(program, join(bin, 'oriso-matrix'));
    const { code, stdout } = await shell.run(printedCommands('doctor'));
    shell.close();
    expect(stdout).toMatch(/^fail +dns +matrix.doctor.test does not resolve/m);
    expect(stdout).toMatch(/^ok +drift +\d+ objects are as in dist$/m);
    expect(code).toBe(1);
  });

  it.each([
    [
      ['--prefix', 'other-'],
      Stage.NAMESPACE,
      /has no Deployment other-matrix-synapse; there are systems with --prefix ''/,
    ],
    [[], 'default', /namespace default has no Deployment matrix-synapse: check namespace and prefix/],
  ])('does not take %j in %s for a healthy one', async (args, namespace, says) => {
    const { code, stderr } = await examine(namespace, args);
    expect(code).toBe(2);
    expect(stderr).toMatch(says);
  });
});

describe.each([
  // In this order: Synapse does not start on a full claim.
  ['a system that answers', [...INSIDE, ...PUBLIC_FAULTS]],
  ['an outage', OUTAGES],
])('of %s', (_, faults) => {
  let found: Examination;
  beforeAll(async () => {
    found = await stage.after(faults);
  });

  it.each(faults)('names $name', ({ named }) => {
    expect(found.findings.map(lineOf).filter((line) => named.test(line))).not.toEqual([]);
  });

  it('gives the next step for each problem, and fails', () => {
    const failed = found.findings.filter(({ verdict }) => verdict === 'fail' || verdict === 'warn');
    expect(failed.filter(({ next }) => !next)).toEqual([]);
    expect(found.code).toBe(1);
  });
});

atNight.describe('of the original installation', () => {
  let forward: PortForward;
  beforeAll(async () => {
    forward = await PortForward.open(ORIGINAL, 'deployment/matrix-synapse', 8008);
  });
  afterAll(() => forward?.close());

  it('tells what it finds', async () => {
    const ways = [`192.0.2.1:8008:${forward.address}`, '192.0.2.1:443:127.0.0.1:1', '192.0.2.1:8448:127.0.0.1:1'];
    const found = await examine(
      ORIGINAL,
      ways.flatMap((way) => ['--resolve', way]),
    );
    expect(found.stderr).toBe('');
    expect(problems(found)).toEqual([
      expect.stringMatching(/^fail tls: 192.0.2.1:8448 does not speak TLS/),
      expect.stringMatching(/^fail admin-api: the admin API is open to the public/),
      expect.stringMatching(/^warn well-known: .*client does not answer/),
      expect.stringMatching(/^warn well-known: .*server does not answer/),
      expect.stringMatching(/^fail federation: /),
      expect.stringMatching(/^fail network: there is no network policy/),
      expect.stringMatching(/^fail homeserver: the data is in SQLite \(\/data\/homeserver.db\)/),
      expect.stringMatching(/^warn homeserver: registration is open to everyone/),
      expect.stringMatching(/^unknown updates: Synapse has no metrics/),
      // The kubelet does not measure volumes that are folders of the node.
      'unknown claims: matrix-synapse-data: the free room is not known',
      expect.stringMatching(/^warn backup: CronJob matrix-backup-cronjob-github has never ended well/),
      expect.stringMatching(/^warn drill: no drill restores backups/),
    ]);
  });
});
