import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { atNight, firstInCi } from './support/at-night';
import { CORRECTED, type CorrectedCommand } from './support/corrected-commands';
import { rowsOfDatabase, rowsOfDump } from './support/dump';
import { eventually, kubectl } from './support/kubectl';
import { type Account, Matrix } from './support/matrix';
import { WORKING } from './support/original-commands';
import { type Procedure, printedCommands } from './support/printed-commands';
import { Shell } from './support/shell';
import { SPOKEN } from './support/spoken';
import { System } from './support/system';

jest.setTimeout(180_000);

/** The command of the original that contains this. */
function original(part: string): string {
  const found = WORKING.filter(({ command }) => command.includes(part));
  expect(found).toHaveLength(1);
  return found[0].command;
}

describe('the commands of the original', () => {
  let system: System;
  let shell: Shell;
  let matrix: Matrix;
  let ops: Account;
  let alice: Account;
  let room: string;

  const say = (body: string) => {
    const path = `/_matrix/client/v3/rooms/${room}/send/m.room.message/${encodeURIComponent(body)}`;
    return matrix.ok('PUT', path, { msgtype: 'm.text', body }, alice.token);
  };
  const said = async (): Promise<string[]> => {
    const path = `/_matrix/client/v3/rooms/${room}/messages?dir=b&limit=100`;
    const { chunk } = await matrix.ok('GET', path, undefined, alice.token);
    return chunk.map((event: { content: { body?: string } }) => event.content.body).filter(Boolean);
  };
  /** Runs what is printed instead of a command of the original. */
  const corrected = (name: keyof typeof CORRECTED) => shell.ok(`set -e\n${CORRECTED[name].instead.join('\n')}`);
  /** A line for each claim, sorted by name. */
  const claims = async (line: string): Promise<string[]> => {
    const path = `jsonpath={range .items[*]}${line}{"\\n"}{end}`;
    return (await system.kubectl(['get', 'pvc', '--sort-by=.metadata.name', '-o', path])).trim().split('\n');
  };
  const pods = async (app: string): Promise<string[]> => {
    const list = JSON.parse(await system.kubectl(['get', 'pods', '-l', `app=${app}`, '-o', 'json']));
    return list.items.map(({ metadata }: { metadata: { uid: string } }) => metadata.uid);
  };

  beforeAll(async () => {
    system = await System.install('operations');
    // Whose account counts below.
    await system.kubectl(['wait', '--for=condition=complete', 'job', '-l', 'app=matrix-accounts', '--timeout=120s']);
    shell = await Shell.open(system);
    matrix = new Matrix(shell.adminUrl, await system.secret('matrix-synapse-secret', 'registration_shared_secret'));
    ops = await matrix.register('ops', true);
    alice = await matrix.register('alice');
    room = (await matrix.ok('POST', '/_matrix/client/v3/createRoom', { name: 'room' }, alice.token)).room_id;
    await say('said first');
    // Whose log is looked at below.
    await corrected('discovery');
  });
  afterAll(async () => {
    shell?.close();
    await system?.remove();
  });

  describe('that only read', () => {
    it.each(WORKING.filter(({ prints }) => prints))('$section: $command', async ({ command, input, prints }) => {
      expect(await shell.ok(command, input)).toMatch(prints as RegExp);
    });

    it('show the server log as lines of JSON', async () => {
      const lines = (await shell.ok(original('app=matrix-synapse --tail=50'))).trim().split('\n');
      for (const line of lines.filter((one) => !SPOKEN.test(one))) {
        expect(JSON.parse(line)).toMatchObject({ log: expect.any(String), level: expect.any(String) });
      }
    });

    it('show a configuration without secrets', async () => {
      const shown = await shell.ok(original('get configmap'));
      for (const key of ['registration_shared_secret', 'macaroon_secret_key', 'form_secret']) {
        expect(shown).not.toContain(await system.secret('matrix-synapse-secret', key));
      }
      expect(shown).not.toContain(await system.secret('matrix-postgres-secret', 'POSTGRES_PASSWORD'));
    });
  });

  describe('that are wrong in the original', () => {
    const answering = Object.values<CorrectedCommand>(CORRECTED).filter(({ answers }) => answers);
    it.each(answering)('$section: $printed', async ({ printed, answers }) => {
      const { stdout, stderr } = await shell.run(printed);
      expect(`${stdout}${stderr}`).toMatch(answers as RegExp);
    });

    it.each([
      ['deploy', /^deployment.apps\/matrix-synapse unchanged$/m],
      ['schema', /^ +\d+$/m],
      ['discovery', /"m\.server": ?"matrix\.caritas\.local:443"/],
      ['federation', /"name": ?"Synapse"/],
      ['versions', /"versions": ?\[/],
      ['activeUsers', /^ +[12]$/m],
      ['metrics', /^synapse_build_info\{/m],
    ] as const)('%s: do what they promised once corrected', async (name, prints) => {
      // Synapse writes the time of the last request every few seconds.
      await eventually(`${prints}`, 30, async () => prints.test(await corrected(name)));
    });

    it('admin: create an administrator, who can log in and use the admin API', async () => {
      await shell.ok(CORRECTED.admin.instead[0], 'a password\na password\n');
      const token = await matrix.login('admin', 'a password');
      const user = await matrix.ok('GET', `/_synapse/admin/v2/users/${alice.userId}`, undefined, token);
      expect(user.name).toBe(alice.userId);
    });

    it('cleanUp: purge the history of a room, which can still be used', async () => {
      await say('the latest');
      const purge = CORRECTED.cleanUp.instead.join('\n');
      await shell.ok(`set -e\n${purge}`.replace('<ROOM_ID>', room).replace('<ADMIN_TOKEN>', ops.token));
      const kept = `SELECT count(*) FROM event_json WHERE json LIKE '%said first%'`;
      await eventually('the past to be gone', 30, async () => (await system.sql(kept)) === '0');
      await say('after that');
      expect(await said()).toEqual(['after that', 'the latest']);
    });
  });

  describe('that restart', () => {
    it.each(firstInCi(['matrix-synapse', 'matrix-discovery']))('replace the pods of %s', async (name) => {
      const before = await pods(name);
      await shell.ok(original(`restart deployment/${name}`));
      await system.ready();
      await eventually('only new pods', 60, async () => (await pods(name)).every((uid) => !before.includes(uid)));
      await eventually('discovery to answer', 30, () => corrected('discovery'));
      await eventually('Synapse to answer', 30, said);
    });

    it('replace the pod of PostgreSQL; the system recovers by itself, and nothing is lost', async () => {
      await say('before the restart');
      const [before, synapse] = [await pods('matrix-postgres'), await pods('matrix-synapse')];
      await shell.ok(original('delete pod matrix-postgres-0'));
      await system.ready();
      expect(await pods('matrix-postgres')).not.toEqual(before);
      await eventually('Synapse to have its database again', 60, () => say('after the restart'));
      expect((await said()).slice(0, 2)).toEqual(['after the restart', 'before the restart']);
      expect(await pods('matrix-synapse')).toEqual(synapse);
    });
  });

  atNight.describe('that back up and restore', () => {
    it('restore what the dump has, and nothing later', async () => {
      await say('in the dump');
      await shell.ok(original('pg_dump'));
      await shell.ok('mv matrix-backup-*.sql matrix-backup.sql');
      const dumped = rowsOfDump(await shell.ok('cat matrix-backup.sql'));
      expect(dumped).toContain('users|4');
      await say('too late');
      for (const command of CORRECTED.restore.instead) {
        await shell.ok(command);
        if (command.endsWith('matrix-backup.sql')) {
          expect(await rowsOfDatabase(system)).toEqual(dumped);
        }
      }
      await system.ready();
      await eventually('Synapse to answer', 60, () => say('after the restore'));
      expect((await said()).slice(0, 2)).toEqual(['after the restore', 'in the dump']);
    });
  });

  describe('that the documentation gives beside them', () => {
    const run = (procedure: Procedure) => shell.ok(`set -e\n${printedCommands(procedure)}`);

    it('log in and send a first message', async () => {
      const said = await shell.ok(`set -e\n${printedCommands('login')}${printedCommands('firstMessage')}`);
      expect(said).toMatch(/"user_id": ?"@matrix-admin:caritas\.local"/);
      expect(said).toMatch(/"event_id": ?"\$/);
      expect(said).toMatch(/"body": ?"Hello"/);
    });

    it('make an account, make it an administrator, reset its password and deactivate it', async () => {
      const asAdministrator = (...procedures: Procedure[]) =>
        shell.ok(`set -e\n${(['administratorToken', ...procedures] as const).map(printedCommands).join('')}`);
      const readsUsers = async (token: string) =>
        (await matrix.request('GET', '/_synapse/admin/v2/users', undefined, token)).status;
      await shell.ok(`set -e\n${printedCommands('makeAccount')}`, 'a password\na password\n');
      const token = await matrix.login('maria', 'a password');
      expect(await readsUsers(token)).toBe(403);
      expect(await asAdministrator('makeAdministrator', 'listAccounts')).toMatch(/"name": ?"@maria:caritas\.local"/);
      expect(await readsUsers(token)).toBe(200);
      await asAdministrator('resetPassword');
      expect(await readsUsers(token)).toBe(401);
      await expect(matrix.login('maria', 'a password')).rejects.toThrow(/403/);
      await matrix.login('maria', 'A_NEW_ONE');
      await asAdministrator('deactivateAccount', 'endSession');
      await expect(matrix.login('maria', 'A_NEW_ONE')).rejects.toThrow(/403/);
    });

    it("change the first administrator's password, also in its Secret", async () => {
      const before = await system.secret('matrix-admin-secret', 'password');
      const token = await matrix.login('matrix-admin', before);
      await shell.ok(`set -e\n${printedCommands('administratorToken')}${printedCommands('administratorPassword')}`);
      const after = await system.secret('matrix-admin-secret', 'password');
      expect(after).not.toBe(before);
      await matrix.login('matrix-admin', after);
      await expect(matrix.login('matrix-admin', before)).rejects.toThrow(/403/);
      expect((await matrix.request('GET', '/_matrix/client/v3/account/whoami', undefined, token)).status).toBe(401);
    });

    // The suites of backups do it each time.
    atNight.it(
      'make a backup',
      async () => {
        expect(await run('backup')).toMatch(/backup: backup \S+ is complete/);
      },
      300_000,
    );

    // The suite `restore` does both each time.
    atNight.it.each<[string, Procedure[]]>([
      ['where the claims are lost', ['lostVolumes']],
      ['to the last message', []],
    ])(
      'restore %s',
      async (how, before) => {
        await say(`the last word ${how}`);
        for (const procedure of before) {
          await run(procedure);
        }
        expect(await run('restore')).toMatch(/restore: done/);
        await system.ready();
        await eventually('Synapse to answer', 60, said);
        expect((await said())[0]).toBe(`the last word ${how}`);
      },
      600_000,
    );

    it('rotate a secret', async () => {
      expect(await run('rotation')).toMatch(/matrix-synapse-secret has a new registration_shared_secret/);
    }, 360_000);

    atNight.it(
      'grow claims whose class cannot, on the volumes that they have',
      async () => {
        await say('before the claims grow');
        const larger = { '20Gi': '21Gi', '10Gi': '11Gi', '50Gi': '53Gi' };
        const manifest = system.manifest.replace(
          /^( {6}storage: )(20Gi|10Gi|50Gi)$/gm,
          (_, key, size: keyof typeof larger) => `${key}${larger[size]}`,
        );
        writeFileSync(join(shell.folder, 'dist', 'matrix.k8s.yaml'), manifest);
        const volumes = () => claims('{.metadata.name} {.spec.volumeName}');
        const before = await volumes();
        await run('growClaims');
        expect(await volumes()).toEqual(before);
        // They are to go with the namespace.
        const policy = '{"spec":{"persistentVolumeReclaimPolicy":"Delete"}}';
        await kubectl(['patch', 'pv', ...before.map((line) => line.split(' ')[1]), '-p', policy]);
        const sizes = ['matrix-postgres-backup-pvc 53Gi', 'matrix-postgres-pvc 21Gi', 'matrix-synapse-data 11Gi'];
        expect(await claims('{.metadata.name} {.status.capacity.storage}')).toEqual(sizes);
        await eventually('Synapse to answer', 60, said);
        expect((await said())[0]).toBe('before the claims grow');
      },
      600_000,
    );

    it('leave nothing that a GitOps tool would find by the label of the system although it is not in Git', async () => {
      const all = await shell.ok('kubectl api-resources --namespaced --verbs=list -o name');
      const kinds = all.trim().split('\n');
      const known = kinds.filter((kind) => !/^(endpoints$|events|.*metrics\.k8s\.io$)/.test(kind)).join(',');
      const label = ['-l', 'app.kubernetes.io/instance', '-o', 'json'];
      const { items } = JSON.parse(await system.kubectl(['get', known, ...label]));
      const left = items.filter(
        ({ kind, metadata }: { kind: string; metadata: { name: string; ownerReferences?: object[] } }) =>
          // What has an owner is not an object of its own for these tools.
          !metadata.ownerReferences &&
          !new RegExp(`^kind: ${kind}\nmetadata:\n(  .*\n)*?  name: ${metadata.name}$`, 'm').test(system.manifest),
      );
      expect(left.map(({ kind, metadata }: (typeof left)[0]) => `${kind} ${metadata.name}`)).toEqual([]);
    });
  });
});
