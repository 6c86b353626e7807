import { Testing, Yaml } from 'cdk8s';
import {
  Accounts,
  Backups,
  ClusterBackup,
  type ClusterRestore,
  Discovery,
  MatrixChart,
  Peer,
  Postgres,
  parseSize,
  SecretKey,
} from '../../../lib';
import { resources } from '../../../lib/kubernetes/workloads/resources';
import { Conversation } from '../support/conversation';
import { eventually, kubectl } from '../support/kubectl';
import { ObjectStore } from '../support/object-store';
import { printedCommands } from '../support/printed-commands';
import { Shell } from '../support/shell';
import { storeSecrets } from '../support/store-secrets';
import { System } from '../support/system';

jest.setTimeout(900_000);

const NAME = 'cluster-backup';
const NAMESPACE = `matrix-e2e-${NAME}`;
const CLUSTER = 'matrix-database';

function manifest(store: ObjectStore, archive?: string, restore?: ClusterRestore): string {
  const url = new URL(store.url);
  const chart = new MatrixChart(Testing.app(), 'matrix', {
    namespace: NAMESPACE,
    serverName: 'caritas.local',
    publicBaseUrl: 'https://matrix.caritas.local',
    postgres: Postgres.cloudNativePg({
      instances: 2,
      storage: parseSize('2Gi'),
      resources: resources(50, 256, 1024),
      backup: ClusterBackup.s3({
        destination: `s3:/${url.pathname}/database`,
        endpoint: url.origin,
        allowPlainHttp: true,
        credentials: {
          accessKeyId: SecretKey.fromSecretName('store-prune', 'id'),
          secretAccessKey: SecretKey.fromSecretName('store-prune', 'key'),
        },
        peer: Peer.pods({ app: 'store' }, `${NAMESPACE}-store`),
        archive,
        restore,
      }),
    }),
    discovery: Discovery.none(),
    accounts: Accounts.none(),
    backups: Backups.none(),
  });
  return Yaml.stringify(...chart.toJson());
}

/** Needs the operator CloudNativePG in the namespace `cnpg-system`. */
describe('the backup of a replicated database', () => {
  let store: ObjectStore;
  let system: System;
  let shell: Shell;
  let conversation: Conversation;
  let moment: string;

  const sql = async (query: string) => {
    const command = ['exec', `service/${CLUSTER}-rw`, '-c', 'postgres', '-n', NAMESPACE, '--', 'psql', '-Atc', query];
    return (await kubectl(command)).trim();
  };
  const completed = () =>
    eventually('a base backup', 300, async () => {
      const phases = ['get', 'backups.postgresql.cnpg.io', '-o', 'jsonpath={.items[*].status.phase}'];
      return /completed/.test(await system.kubectl(phases));
    });
  const archived = async () => {
    const segment = await sql('SELECT pg_walfile_name(pg_switch_wal())');
    await eventually(`${segment} in the store`, 90, async () => (await store.files()).join().includes(segment));
  };
  const restored = async (archive: string, from: ClusterRestore) => {
    shell = Shell.withoutSystem(NAMESPACE, manifest(store, archive, from));
    const began = Date.now();
    // A test has less patience than an operator.
    await shell.ok(`set -e\n${printedCommands('restoreReplicated').replace('3600s', '200s')}`);
    console.log(`restored in ${Math.round((Date.now() - began) / 1000)} s, Synapse included`);
    conversation = await conversation.movedTo(system);
    await eventually('Synapse', 60, () => conversation.history());
  };

  beforeAll(async () => {
    store = await ObjectStore.install(NAME);
    system = await System.apply(
      NAME,
      manifest(store),
      ['deployment/matrix-synapse', 'deployment/matrix-edge'],
      async (namespace) => {
        await kubectl(['apply', '-f', '-'], storeSecrets(namespace, store));
      },
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
    await archived();
    moment = await sql('SELECT to_char(now() AT TIME ZONE \'UTC\', \'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"\')');
    await conversation.say('after the moment');
    await archived();
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
    await system.kubectl(['apply', '-f', '-'], manifest(store, 'third'));
    await conversation.say('in the new archive');
    await archived();
  });
});
