import { Testing, Yaml } from 'cdk8s';
import { Accounts, Backups, Discovery, MatrixChart, Postgres, parseSize } from '../../../lib';
import { resources } from '../../../lib/kubernetes/workloads/resources';
import { Conversation } from '../support/conversation';
import { eventually } from '../support/kubectl';
import { printedCommands } from '../support/printed-commands';
import { Shell } from '../support/shell';
import { System } from '../support/system';
import { FEW_WORKERS } from '../support/system-chart';

jest.setTimeout(600_000);

const NAME = 'replicated';
const NAMESPACE = `matrix-e2e-${NAME}`;
const SMALL = resources(50, 256, 1024);

function manifest(postgres: Postgres): string {
  const chart = new MatrixChart(Testing.app(), 'matrix', {
    namespace: NAMESPACE,
    serverName: 'caritas.local',
    publicBaseUrl: 'https://matrix.caritas.local',
    postgres,
    // They must not write while the database is replaced.
    workers: FEW_WORKERS,
    discovery: Discovery.none(),
    accounts: Accounts.none(),
    backups: Backups.none(),
  });
  return Yaml.stringify(...chart.toJson());
}

/** Needs the operator CloudNativePG in the namespace `cnpg-system`. */
describe('the move of a database to a replicated one', () => {
  let system: System;
  let shell: Shell;
  let conversation: Conversation;

  beforeAll(async () => {
    const workloads = ['statefulset/matrix-postgres', 'deployment/matrix-synapse', 'deployment/matrix-edge'];
    system = await System.apply(NAME, manifest(Postgres.inCluster({ resources: SMALL })), workloads);
    const replicated = Postgres.cloudNativePg({ instances: 2, storage: parseSize('2Gi'), resources: SMALL });
    shell = Shell.withoutSystem(NAMESPACE, manifest(replicated));
    conversation = await Conversation.begin(system);
    await conversation.say('before the move');
  });
  afterAll(async () => {
    shell?.close();
    await system?.remove();
  });

  it('keeps messages, keys and logins, by the printed commands', async () => {
    const commands = printedCommands('moveDatabase').replace('npm run synth && ', '');
    const before = await conversation.verifyKeys();
    const printed = await shell.ok(`set -e\n${commands}`);
    console.log(printed);
    expect(printed).toMatch(/^(\d+\|\d+)\n\1$/m);
    const moved = await conversation.movedTo(system);
    await eventually('Synapse', 60, () => moved.history());
    await moved.say('after the move');
    expect(await moved.history()).toEqual(['before the move', 'after the move']);
    expect(await moved.verifyKeys()).toEqual(before);
    expect(await moved.matrix.login('admin', conversation.account.password)).toBeTruthy();
    expect(await system.guard()).toContain('One-time keys are emptied');
  });
});
