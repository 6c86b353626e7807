import { randomBytes } from 'node:crypto';
import { Chart, Testing, Yaml } from 'cdk8s';
import {
  Accounts,
  BackupRepository,
  Backups,
  DatabaseTls,
  Discovery,
  Federation,
  MatrixChart,
  MatrixPostgres,
  Peer,
  Postgres,
  SecretKey,
  System as SystemFacts,
} from '../../../lib';
import { AGENT, Backups as Operator } from '../support/backups';
import { Conversation, sha256 } from '../support/conversation';
import { eventually, kubectl } from '../support/kubectl';
import { makeNamespace, removeNamespace, System } from '../support/system';

jest.setTimeout(420_000);

const NAME = 'managed';
const NAMESPACE = `matrix-e2e-${NAME}`;
/** Namespace of the database provider. */
const ELSEWHERE = `${NAMESPACE}-database`;
const SYNAPSE = 'deployment/matrix-synapse';
const CREDENTIALS = 'managed-database';

/** A PostgreSQL that plays the managed one, and allows only Synapse. */
function databaseManifest(): string {
  const chart = new Chart(Testing.app(), 'database', { namespace: ELSEWHERE, disableResourceNameHashes: true });
  const system = new SystemFacts(chart, 'System', {
    serverName: 'caritas.local',
    publicBaseUrl: 'https://matrix.caritas.local',
  });
  const postgres = new MatrixPostgres(chart, 'Postgres', { system });
  postgres.allowFrom(Peer.pods({ app: 'matrix-synapse' }, NAMESPACE), 20);
  return Yaml.stringify(...chart.toJson());
}

/** The system, with the password from the provider. */
function systemManifest(password: string): string {
  const chart = new MatrixChart(Testing.app(), 'matrix', {
    namespace: NAMESPACE,
    serverName: 'caritas.local',
    publicBaseUrl: 'https://matrix.caritas.local',
    postgres: Postgres.external({
      host: `matrix-postgres-service.${ELSEWHERE}.svc`,
      credentials: SecretKey.fromSecretName(CREDENTIALS, 'password'),
      tls: DatabaseTls.DISABLED,
      peer: Peer.pods({ app: 'matrix-postgres' }, ELSEWHERE),
    }),
    synapse: { federation: Federation.OPEN },
    discovery: Discovery.none(),
    accounts: Accounts.none(),
    backups: Backups.to(BackupRepository.claim()),
  });
  const secret = {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: CREDENTIALS, namespace: NAMESPACE },
    stringData: { password },
  };
  return Yaml.stringify(secret, ...chart.toJson());
}

async function installDatabase(): Promise<string> {
  await removeNamespace(ELSEWHERE);
  await makeNamespace(ELSEWHERE, { 'pod-security.kubernetes.io/enforce': 'restricted' });
  await kubectl(['apply', '-f', '-'], databaseManifest());
  await kubectl(['rollout', 'status', 'statefulset/matrix-postgres', '-n', ELSEWHERE, '--timeout=240s']);
  const path = 'jsonpath={.data.POSTGRES_PASSWORD}';
  const data = await kubectl(['get', 'secret', 'matrix-postgres-secret', '-n', ELSEWHERE, '-o', path]);
  return Buffer.from(data, 'base64').toString();
}

describe('backups of a system with a managed database', () => {
  let system: System;
  let operator: Operator;
  let conversation: Conversation;
  let media: string;
  let backup: string;
  let before: { [what: string]: unknown };
  const file = randomBytes(1024 * 1024);

  /** Everything that must be the same after a restore. */
  const state = async () => ({
    signingKey: await system.secret('matrix-signing-key', 'signing.key'),
    registration: await system.secret('matrix-synapse-secret', 'registration_shared_secret'),
    verifyKeys: await eventually('the port for other servers', 60, () => conversation.verifyKeys()),
    messages: await conversation.history(),
    file: await conversation.download(media),
  });
  const start = async () => {
    await operator.scale(1);
    await eventually('Synapse behind its port-forward', 60, () => conversation.history());
  };

  beforeAll(async () => {
    const password = await installDatabase();
    system = await System.apply(NAME, systemManifest(password), [SYNAPSE]);
    await system.kubectl(['rollout', 'status', AGENT, '--timeout=120s']);
    operator = new Operator(system, [SYNAPSE]);
    conversation = await Conversation.begin(system);
    await conversation.say('before the backup');
    media = await conversation.upload(file);
    before = await state();
  });
  afterAll(async () => {
    await system?.remove();
    await removeNamespace(ELSEWHERE);
  });

  it('makes a backup of media, Secrets and configuration, and lists it', async () => {
    const log = await operator.succeed('backup');
    backup = /backup (\d{8}T\d{6}Z) is complete: 1 media files/.exec(log)?.[1] ?? `no backup in: ${log}`;
    expect(await operator.succeed('backup-list')).toContain(backup);
    const restic = ['/tools/restic', '--no-lock', '--quiet', 'ls', '--recursive', '--tag', 'data', 'latest'];
    const listed = await system.exec(AGENT, ...restic);
    // Kubernetes keeps the files of a Secret volume in a dated folder, behind links.
    for (const path of [/matrix-signing-key\/signing\.key$/m, /synapse\/homeserver\.yaml$/m]) {
      expect(listed).toMatch(path);
    }
    expect(listed).toContain(`/${media.slice(4)}`);
    expect(listed).not.toContain('/work/base');
  });

  it('drills the backup, and reports the outcome to kubectl and as metrics', async () => {
    const outcome = new RegExp(`set ${backup} restored in \\d+ s \\(RTO; fetch [\\d.]+, check [\\d.]+\\), RPO \\d+ s`);
    expect(await operator.succeed('restore-drill')).toMatch(outcome);
    const path = 'jsonpath={.metadata.annotations.oriso-matrix/last-drill}';
    await eventually('the annotation', 30, async () =>
      outcome.test(await system.kubectl(['get', 'cronjob', 'matrix-restore-drill', '-o', path])),
    );
    expect(Date.now() / 1000 - (await operator.metric('drill_last_success_timestamp_seconds'))).toBeLessThan(120);
    expect(await operator.metric('drill_media_files_checked')).toBe(1);
    expect(await operator.problems()).toBe('all is well');
  });

  it('refuses to restore under a running system', async () => {
    const { succeeded, log } = await operator.run('restore');
    expect({ succeeded, log }).toEqual({ succeeded: false, log: expect.stringContaining('is not scaled to 0') });
  });

  it('restores lost media and Secrets, and does not change the database', async () => {
    await conversation.say('after the backup');
    await operator.scale(0);
    // Pods of finished Jobs keep claims in use. The secrets Job stays, so that it does not create new Secrets.
    await system.kubectl(['delete', 'jobs', '-l', 'app in (matrix-backup, matrix-restore, matrix-restore-drill)']);
    await system.kubectl(['delete', 'pvc', 'matrix-synapse-data', '--wait=true', '--timeout=120s']);
    await system.kubectl(['delete', 'secret', 'matrix-signing-key', 'matrix-synapse-secret']);
    const claims = system.manifest.split(/^---$/m).filter((one) => one.includes('kind: PersistentVolumeClaim'));
    await system.kubectl(['apply', '-f', '-'], claims.join('---'));
    const { succeeded, log } = await operator.restore();
    expect({ succeeded, log }).toEqual({ succeeded: true, log: expect.stringContaining(`restore: done, ${backup}`) });
    expect(log).toContain('Secret matrix-signing-key was missing and is restored');
    await start();
    expect(await state()).toEqual({ ...before, messages: ['before the backup', 'after the backup'] });
    expect(before.file).toBe(sha256(file));
    expect(await conversation.matrix.login('admin', conversation.account.password)).toBeTruthy();
  });

  it('refuses a choice that only an in-cluster database supports, with the reason', async () => {
    const { succeeded, log } = await operator.restore({ time: '2026-01-31T14:05:00Z' });
    expect({ succeeded, log }).toEqual({
      succeeded: false,
      log: expect.stringContaining(
        "'time' is a choice for the database, which is managed elsewhere: its owner restores it",
      ),
    });
    await system.kubectl(['delete', 'configmap', 'matrix-restore-choice']);
    await start();
    expect(await state()).toEqual({ ...before, messages: ['before the backup', 'after the backup'] });
  });
});
