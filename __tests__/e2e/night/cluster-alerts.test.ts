import { parseAllDocuments } from 'yaml';
import { Monitoring } from '../../../lib';
import type { Rule } from '../../../lib/monitoring/rules/rule-groups';
import { groupsIn } from '../../support/alerts';
import { ArchivedSystem, CLUSTER } from '../support/archived-system';
import { Conversation } from '../support/conversation';
import { healthyCluster } from '../support/healthy-cluster';
import { eventually } from '../support/kubectl';
import { ObjectStore } from '../support/object-store';
import { Shell } from '../support/shell';
import { System } from '../support/system';
import { arrival, type Fault } from '../watched/faults';
import { COLLECTOR, Prometheus } from '../watched/prometheus';
import { printedSection } from '../watched/runbook';
import { impatient } from '../watched/watched-system';

jest.setTimeout(900_000);

const NAME = 'cluster-alerts';
const INSTANCES = 3;
const DATABASE = `clusters.postgresql.cnpg.io ${CLUSTER} -n caritas`;
const STORE = `deployment/store -n matrix-e2e-${NAME}-store`;
const FENCED = 'cnpg.io/fencedInstances';
const UNFENCE = `kubectl annotate ${DATABASE} ${FENCED}-`;
const REPLICA = `kubectl exec ${CLUSTER}-2 -c postgres -n caritas -- psql -c`;
/** The lag of a replica that has replayed nothing since its start counts as 0. */
const WRITE = `kubectl exec service/${CLUSTER}-rw -c postgres -n caritas -- psql -c "SELECT pg_logical_emit_message(true, '', '')"`;

/** Ends PostgreSQL in these instances; the first is the primary. */
const fence = (...numbers: number[]) => {
  const names = JSON.stringify(numbers.map((number) => `${CLUSTER}-${number}`));
  return `kubectl annotate ${DATABASE} --overwrite ${FENCED}='${names}'`;
};
/** A limit that need not be waited for. */
const lowered = (metric: string, seconds: number) =>
  `kubectl get prometheusrule matrix-alerts -n caritas -o json | sed -E 's/(${metric}\\{[^}]*\\}\\) (>|\\\\u003e)) [0-9]+/\\1 ${seconds}/' | kubectl replace -f -`;
const baseBackup = () => {
  const commands = printedSection('how-to/replicated-database.md', '### If a drill fails');
  return /^kubectl create -n caritas -f - <<'END'\n.*?^END$/ms.exec(commands)?.[0] ?? 'false';
};

/** What ends each is the cause undone, and for the last the printed base backup. */
const FAULTS: Fault[] = [
  { alert: 'MatrixDatabaseReplicaAway', cause: fence(3), remedy: () => UNFENCE },
  { alert: 'MatrixDatabaseReplicasAway', cause: fence(2, 3), remedy: () => UNFENCE },
  { alert: 'MatrixDatabasePrimaryAway', cause: fence(1, 2, 3), remedy: () => UNFENCE },
  {
    alert: 'MatrixDatabaseReplicaBehind',
    first: `${lowered('cnpg_pg_replication_lag', 20)}; ${WRITE}; sleep 2`,
    cause: `${REPLICA} 'SELECT pg_wal_replay_pause()'; ${WRITE}`,
    remedy: () => `${REPLICA} 'SELECT pg_wal_replay_resume()'`,
  },
  {
    alert: 'MatrixDatabaseNotArchived',
    cause: `kubectl scale ${STORE} --replicas=0`,
    remedy: () => `kubectl scale ${STORE} --replicas=1`,
  },
  {
    alert: 'MatrixDatabaseBackupOverdue',
    cause: lowered('last_available_backup_timestamp', 300),
    remedy: baseBackup,
  },
];

/** Needs the operator CloudNativePG in the namespace `cnpg-system`, and Prometheus. */
describe('the alerts of a replicated database', () => {
  let store: ObjectStore;
  let made: ArchivedSystem;
  let system: System;
  let prometheus: Prometheus;
  let rules: Rule[];
  let shell: Shell;
  let conversation: Conversation;

  beforeAll(async () => {
    store = await ObjectStore.install(NAME);
    const parts = { monitoring: Monitoring.prometheusOperator({ collector: COLLECTOR }) };
    made = new ArchivedSystem(NAME, store, { instances: INSTANCES, parts });
    const rendered = made.manifest();
    rules = groupsIn(parseAllDocuments(rendered).map((one) => one.toJS())).flatMap((group) => group.rules);
    const manifest = impatient(rendered);
    system = await System.apply(NAME, manifest, ['deployment/matrix-synapse', 'deployment/matrix-edge'], () =>
      made.prepare(),
    );
    prometheus = await Prometheus.open();
    shell = Shell.withoutSystem(made.namespace, manifest);
    conversation = await Conversation.begin(system);
    await conversation.say('before the faults');
    await healthyCluster(system, INSTANCES);
    await made.archived(system);
  });
  afterAll(async () => {
    prometheus?.close();
    shell?.close();
    await system?.remove();
    await store?.remove();
  });

  it.each(FAULTS)('$alert arrives, its runbook finds it, and it ends', async (fault) => {
    const { alert, first, remedy } = fault;
    await shell.ok(first ?? 'true');
    console.log(await arrival({ system, prometheus, shell, rules }, fault));
    console.log(await shell.ok(printedSection(`runbooks/${alert}.md`, '## Is it real')));
    const since = Date.now() / 1000;
    await shell.ok(remedy());
    const { receivedAt } = await prometheus.arrived(made.namespace, alert, 'resolved', since);
    console.log(`${alert}: its end arrived ${Math.round(receivedAt - since)} s after the remedy`);
    await healthyCluster(system, INSTANCES);
  });

  it('people lost nothing by it', async () => {
    await eventually('Synapse', 60, () => conversation.say('after the faults').then(() => true));
    expect(await conversation.history()).toEqual(['before the faults', 'after the faults']);
  });
});
