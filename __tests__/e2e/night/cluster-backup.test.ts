import type { ClusterRestore } from '../../../lib';
import { ArchivedSystem, CLUSTER } from '../support/archived-system';
import { Conversation } from '../support/conversation';
import { eventually, kubectl } from '../support/kubectl';
import { ObjectStore } from '../support/object-store';
import { printedCommands } from '../support/printed-commands';
import { Shell } from '../support/shell';
import { System } from '../support/system';
import { FEW_WORKERS } from '../support/system-chart';

jest.setTimeout(900_000);

const NAME = 'cluster-backup';

/** Needs the operator CloudNativePG in the namespace `cnpg-system`. */
describe('the backup of a replicated database', () => {
  let store: ObjectStore;
  let made: ArchivedSystem;
  let system: System;
  let shell: Shell;
  let conversation: Conversation;
  let moment: string;

  const completed = () =>
    eventually('a base backup', 300, async () => {
      const phases = ['get', 'backups.postgresql.cnpg.io', '-o', 'jsonpath={.items[*].status.phase}'];
      return /completed/.test(await system.kubectl(phases));
    });
  const restored = async (archive: string, from: ClusterRestore) => {
    shell = Shell.withoutSystem(made.namespace, made.manifest({ archive, restore: from }));
    const began = Date.now();
    // A test has less patience than an operator.
    await shell.ok(`set -e\n${printedCommands('restoreReplicated').replace('3600s', '200s')}`);
    console.log(`restored in ${Math.round((Date.now() - began) / 1000)} s, Synapse included`);
    conversation = await conversation.movedTo(system);
    await eventually('Synapse', 60, () => conversation.history());
  };

  beforeAll(async () => {
    store = await ObjectStore.install(NAME);
    // Workers must not write while the database is replaced.
    made = new ArchivedSystem(NAME, store, { parts: { workers: FEW_WORKERS } });
    system = await System.apply(NAME, made.manifest(), ['deployment/matrix-synapse', 'deployment/matrix-edge'], () =>
      made.prepare(),
    );
    conversation = await Conversation.begin(system);
    await conversation.say('before the backup');
  });
  afterAll(async () => {
    shell?.close();
    await system?.remove();
    await store?.remove();
  });

  it('is made at once, and the WAL follows', async () => {
    await completed();
    await conversation.say('after the backup');
    await made.archived(system);
    moment = await system.sql('SELECT to_char(now() AT TIME ZONE \'UTC\', \'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"\')');
    await conversation.say('after the moment');
    await made.archived(system);
  });

  it('tells when it was made, by the metric of the alert', async () => {
    const primary = ['get', 'pods', '-l', 'cnpg.io/instanceRole=primary', '-o', 'jsonpath={.items[0].metadata.name}'];
    const name = await system.kubectl(primary);
    const metric = made.backup()._watched?.lastBackup;
    await eventually('its time', 60, async () => {
      const metrics = await kubectl([
        'get',
        '--raw',
        `/api/v1/namespaces/${made.namespace}/pods/${name}:9187/proxy/metrics`,
      ]);
      const [, at] = new RegExp(`^${metric} (\\S+)`, 'm').exec(metrics) ?? [];
      return Date.now() / 1000 - Number(at) < 900;
    });
  });

  it('brings everything back after the loss of all instances and claims, by the printed commands', async () => {
    await restored('second', { archive: CLUSTER });
    expect(await conversation.history()).toEqual(['before the backup', 'after the backup', 'after the moment']);
    expect(await system.guard()).toContain('One-time keys are emptied');
    await conversation.say('after the restore');
    await completed();
  });

  it('brings back a moment', async () => {
    await restored('third', { archive: CLUSTER, moment });
    expect(await conversation.history()).toEqual(['before the backup', 'after the backup']);
  });

  it('stays as it is when the restore is taken out of the program', async () => {
    await system.kubectl(['apply', '-f', '-'], made.manifest({ archive: 'third' }));
    await conversation.say('in the new archive');
    await made.archived(system);
  });
});
