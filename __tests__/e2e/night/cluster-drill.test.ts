import { randomBytes } from 'node:crypto';
import { BackupRepository, Backups } from '../../../lib';
import { ArchivedSystem, CLUSTER } from '../support/archived-system';
import { AGENT, Backups as Operator } from '../support/backups';
import { Conversation } from '../support/conversation';
import { eventually, tryKubectl } from '../support/kubectl';
import { ObjectStore } from '../support/object-store';
import { podIp, reachable, startProbe } from '../support/probe-pod';
import { System } from '../support/system';

jest.setTimeout(900_000);

const NAME = 'cluster-drill';
const NAMESPACE = `matrix-e2e-${NAME}`;
const DRILLED = `${CLUSTER}-drill`;
const CLUSTERS = 'clusters.postgresql.cnpg.io';
const JOB = 'matrix-restore-drill';
/** Everything that the operator makes for a cluster, and the cluster. */
const KINDS = `${CLUSTERS},pods,jobs,persistentvolumeclaims,secrets,services,roles,rolebindings,serviceaccounts,poddisruptionbudgets`;
const OUTCOME =
  /\S+Z set (\d{8}T\d{6}Z) restored in (\d+) s \(RTO; fetch [\d.]+, recovery [\d.]+, amcheck [\d.]+, check [\d.]+, synapse [\d.]+\), RPO (\d+) s/;
const FORCE = ['--grace-period=0', '--force'];

/** Needs the operator CloudNativePG in the namespace `cnpg-system`. */
describe('the drill of a replicated database', () => {
  let store: ObjectStore;
  let made: ArchivedSystem;
  let system: System;
  let operator: Operator;
  let conversation: Conversation;
  let running: string;

  /** Rows, pods and settings that a drill could have changed, and what is in the archive beside WAL. */
  const runningSystem = async () => {
    const counts = ['users', 'event_json', 'devices', 'access_tokens', 'local_media_repository'];
    const rows = counts.map((table) => `(SELECT count(*) FROM ${table})`).join(', ');
    const pods = ['get', 'pods', '-l', `cnpg.io/cluster=${CLUSTER}`, '-o', 'jsonpath={.items[*].metadata.uid}'];
    const cluster = ['get', CLUSTERS, CLUSTER, '-o', 'jsonpath={.metadata.generation} {.status.timelineID}'];
    const archive = (await store.files()).filter((path) => !/\/wals\/|\.sgwtmp/.test(path));
    return [await system.sql(`SELECT ${rows}`), await system.kubectl(pods), await system.kubectl(cluster), ...archive];
  };
  const annotation = () =>
    system.kubectl(['get', 'cronjob', JOB, '-o', 'jsonpath={.metadata.annotations.oriso-matrix/last-drill}']);
  const cluster = () => tryKubectl(['get', CLUSTERS, DRILLED, '-n', NAMESPACE, '-o', 'jsonpath={.metadata.uid}']);
  /** What is there of the drilled cluster. */
  const left = async () => {
    const of = await system.kubectl(['get', KINDS, '-l', `cnpg.io/cluster=${DRILLED}`, '-o', 'name']);
    return [...of.split('\n').filter(Boolean), (await cluster()).stdout].filter(Boolean);
  };
  const leavesNothing = () => eventually('nothing to be left', 120, async () => (await left()).length === 0);
  const fails = async (message: string) => {
    const before = await annotation();
    const { succeeded, log } = await operator.run('restore-drill', 400);
    expect({ succeeded, log }).toEqual({ succeeded: false, log: expect.stringContaining(message) });
    await leavesNothing();
    expect(await annotation()).toBe(before);
  };
  const stays = async () => expect(await runningSystem()).toEqual(running);

  beforeAll(async () => {
    store = await ObjectStore.install(NAME);
    const workloads = ['deployment/matrix-synapse', 'deployment/matrix-edge', AGENT];
    made = new ArchivedSystem(NAME, store, { parts: { backups: Backups.to(BackupRepository.claim()) } });
    system = await System.apply(NAME, made.manifest(), workloads, () => made.prepare());
    operator = new Operator(system);
    conversation = await Conversation.begin(system);
    await conversation.say('before the backup');
    await conversation.upload(randomBytes(100_000));
    await operator.succeed('backup');
    await eventually('a base backup', 300, async () => {
      const phases = ['get', 'backups.postgresql.cnpg.io', '-o', 'jsonpath={.items[*].status.phase}'];
      return /completed/.test(await system.kubectl(phases));
    });
    await conversation.say('after the backup');
    await conversation.uploadOneTimeKey();
    await made.archived(system);
    running = (await runningSystem()) as never;
  });
  afterAll(async () => {
    await system?.remove();
    await store?.remove();
  });

  it('restores the newest backup beside the running database, and says how long it took and what would be lost', async () => {
    const log = await operator.succeed('restore-drill', 400);
    console.log(log);
    expect(log).toMatch(OUTCOME);
    const [outcome, , recoveryTime, recoveryPoint] = OUTCOME.exec(log) ?? [];
    console.log(`cluster-drill: ${outcome}`);
    expect(Number(recoveryPoint)).toBe(0);
    expect(await eventually('the annotation', 30, annotation)).toBe(outcome);
    expect(await operator.metric('drill_recovery_time_seconds')).toBeCloseTo(Number(recoveryTime), -1);
    expect(await operator.metric('drill_media_files_checked')).toBe(1);
    expect(await operator.problems()).toBe('all is well');
    await leavesNothing();
    await stays();
    expect(await conversation.history()).toEqual(['before the backup', 'after the backup']);
  });

  it.each([
    ['stopped', []],
    ['killed', FORCE],
  ])('leaves nothing behind when its pod is %s', async (title, how) => {
    const job = `drill-${title}`;
    await system.kubectl(['create', 'job', `--from=cronjob/${JOB}`, job]);
    await eventually('the claim of the restored database', 120, async () =>
      (await left()).join().includes('persistentvolumeclaim'),
    );
    await system.kubectl(['delete', 'pod', '-l', `job-name=${job}`, ...how]);
    const began = Date.now();
    await leavesNothing();
    console.log(`cluster-drill: nothing was left ${((Date.now() - began) / 1000).toFixed(1)} s after it was ${title}`);
    await system.kubectl(['delete', 'job', job]);
    await stays();
  });

  it('reaches only the API, the databases and the name server, and nothing reaches it', async () => {
    await startProbe(NAMESPACE, 'neighbour', { app: 'neighbour' });
    await startProbe(NAMESPACE, 'as-drill', { app: JOB });
    await startProbe(NAMESPACE, 'as-restored', { app: 'matrix-database-drill' }, [5432]);
    const neighbour = `${await podIp(NAMESPACE, 'app=neighbour')}:8080`;
    const synapse = `${await podIp(NAMESPACE, 'app=matrix-synapse')}:8008`;
    const database = `${await podIp(NAMESPACE, `cnpg.io/cluster=${CLUSTER},cnpg.io/instanceRole=primary`)}:5432`;
    // Not by their labels: pods of finished drills have them too.
    const ipOf = (pod: string) => system.kubectl(['get', 'pod', pod, '-o', 'jsonpath={.status.podIP}']);
    const drill = `${await ipOf('as-drill')}:8080`;
    const restored = `${await ipOf('as-restored')}:5432`;
    const everything = [neighbour, synapse, database, restored];
    await eventually('policies in force', 60, async () => {
      expect(await reachable(NAMESPACE, 'as-drill', everything)).toEqual([database, restored].sort());
      return true;
    });
    expect(await reachable(NAMESPACE, 'as-restored', [neighbour, synapse, database, drill])).toEqual([]);
    expect(await reachable(NAMESPACE, 'neighbour', [synapse, database, drill, restored])).toEqual([]);
    await system.kubectl(['delete', 'pod', 'neighbour', 'as-drill', 'as-restored']);
  });

  it('fails on a cluster of its name that no drill has made, and leaves it', async () => {
    const spec = { instances: 1, storage: { size: '1Gi' } };
    const other = { apiVersion: 'postgresql.cnpg.io/v1', kind: 'Cluster', metadata: { name: DRILLED }, spec };
    await system.kubectl(['apply', '-f', '-'], JSON.stringify(other));
    const { stdout: uid } = await cluster();
    const { succeeded, log } = await operator.run('restore-drill', 300);
    expect({ succeeded, log }).toEqual({
      succeeded: false,
      log: expect.stringContaining(`cluster ${DRILLED} is not from a drill, so it is not removed`),
    });
    expect((await cluster()).stdout).toBe(uid);
    await system.kubectl(['delete', CLUSTERS, DRILLED]);
    await leavesNothing();
  });

  it('fails when the newest base backup is broken', async () => {
    console.log(await store.cut(/\/base\/.*\/data\.tar/));
    await fails('the operator could not restore the backup of the database');
  });

  it('fails when the base backup is missing', async () => {
    await store.lose(/\/base\/.*\/data\.tar/);
    await store.lose(/\/base\/.*\/backup\.info/);
    await fails('the operator could not restore the backup of the database');
    expect(await conversation.history()).toEqual(['before the backup', 'after the backup']);
  });
});
