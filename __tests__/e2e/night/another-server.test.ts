import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { tryKubectl } from '../support/kubectl';
import { Matrix } from '../support/matrix';
import { type ApiDump, apiDump } from '../support/original/api-dump';
import { type Filling, fill, SMALL } from '../support/original/filling';
import { OriginalInstallation } from '../support/original/installation';
import { movedSystem } from '../support/original/moved-system';
import { PortForward } from '../support/port-forward';
import { printedCommands } from '../support/printed-commands';
import { Shell } from '../support/shell';
import { makeNamespace, removeNamespace } from '../support/system';
import { printedSection } from '../watched/runbook';

jest.setTimeout(1_800_000);

const NAMESPACE = 'matrix-e2e-another-server';
const PAGE = 'migration/from-another-server.md';

describe('the move of another Synapse', () => {
  let shell: Shell;
  let filling: Filling;
  let before: ApiDump;

  const bash = (command: string, cwd = shell.folder) =>
    execFileSync('bash', ['-c', `set -o pipefail; ${command}`], { cwd });
  const dump = async (): Promise<ApiDump> => {
    const forward = await PortForward.open(NAMESPACE, 'deployment/matrix-synapse', 8008);
    try {
      return await apiDump(new Matrix(forward.url), filling);
    } finally {
      forward.close();
    }
  };
  /** A cluster that has nothing of it yet, and a folder with the program's output and the old files. */
  const anew = async (moving: boolean, files: string) => {
    const next = Shell.withoutSystem(NAMESPACE, movedSystem(NAMESPACE, moving));
    mkdirSync(join(next.folder, 'old'));
    bash(`${files} | tar -x -C old`, next.folder);
    shell?.close();
    shell = next;
  };
  const empty = async () => {
    await removeNamespace(NAMESPACE);
    await makeNamespace(NAMESPACE);
  };

  beforeAll(async () => {
    const original = await OriginalInstallation.install(NAMESPACE);
    filling = await fill(original.matrix, SMALL);
    await original.restart();
    before = await apiDump(original.matrix, filling);
    const script = join(__dirname, '../support/original/take-files.py');
    await anew(true, `kubectl exec -i deployment/matrix-synapse -n ${NAMESPACE} -- python3 - < ${script}`);
    await original.remove();
    await makeNamespace(NAMESPACE);
  });
  afterAll(async () => {
    shell?.close();
    await removeNamespace(NAMESPACE);
  });

  it('from SQLite answers everything as before', async () => {
    const [install, start] = parted(
      printedSection(PAGE, '## From SQLite'),
      'kubectl scale deployment/matrix-synapse --replicas=1',
    );
    await shell.ok(install);
    expect(await shell.ok(printedCommands('moveData'))).toContain('Synapse may start');
    await shell.ok(start);
    expect(await dump()).toEqual(before);
  });

  it('from PostgreSQL answers everything as before, without one-time keys', async () => {
    await tryKubectl(['scale', 'deployment/matrix-synapse', '--replicas=0', '-n', NAMESPACE]);
    bash(`kubectl exec matrix-postgres-0 -n ${NAMESPACE} -- pg_dump -Fc -U postgres synapse > old/synapse.dump`);
    await anew(false, `tar -c -C ${shell.folder}/old media_store caritas.local.signing.key synapse.dump`);
    await empty();
    await shell.ok(printedSection(PAGE, '## From PostgreSQL'));
    expect(withoutKeys(await dump())).toEqual(withoutKeys(before));
  });
});

/** The commands before one of them, and the rest. */
function parted(commands: string, first: string): [string, string] {
  const place = commands.indexOf(first);
  expect(place).toBeGreaterThan(0);
  return [commands.slice(0, place), commands.slice(place)];
}

function withoutKeys(dump: ApiDump): ApiDump {
  return Object.fromEntries(Object.entries(dump).filter(([question]) => !question.endsWith('one-time keys')));
}
