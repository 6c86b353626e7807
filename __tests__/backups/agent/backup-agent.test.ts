import { Duration, Testing } from 'cdk8s';
import { Peer, patchField } from '../../../lib';
import { BackupAgent, type BackupAgentProps } from '../../../lib/backups/agent/backup-agent';
import type { BackupContext } from '../../../lib/backups/jobs/backup-context';
import { CONFIG_HASH } from '../../../lib/kubernetes/metadata/config-hash';
import { besideAffinity } from '../../../lib/kubernetes/workloads/affinity';
import { backupContext, IN_STORE, secretsIn, valuesOf } from '../../support/backups';
import { keyOf, type Manifest } from '../../support/manifests';
import { renderedIn } from '../../support/parts';

const CRON_JOBS = {
  backup: 'matrix-backup',
  prune: 'matrix-backup-prune',
  drill: 'matrix-restore-drill',
  dump: 'matrix-backup-dump',
};
const PROPS: BackupAgentProps = {
  identity: { app: 'matrix-backup-agent', component: 'backup-agent' },
  scripts: { 'agent.py': 'print()' },
  schedules: { backup: '0 2 * * *', prune: '30 3 * * *', drill: '30 4 * * 0', dump: '30 5 * * 6' },
  cronJobs: CRON_JOBS,
  recoveryPoint: Duration.seconds(60),
  archiveTimeout: Duration.seconds(40),
};

function rendered(more: Partial<BackupContext> = {}, props: Partial<BackupAgentProps> = {}) {
  const { chart, context } = backupContext(more);
  const before = Testing.synth(chart).map(keyOf);
  const agent = new BackupAgent(chart, 'Agent', context, { ...PROPS, ...props });
  const get = (kind: string) => renderedIn(chart, kind, 'matrix-backup-agent');
  const { template } = get('Deployment').spec;
  return {
    chart,
    agent,
    get,
    keys: () =>
      Testing.synth(chart)
        .map(keyOf)
        .filter((key) => !before.includes(key)),
    pod: template.spec as Manifest,
    container: template.spec.containers[0] as Manifest,
    hash: template.metadata.annotations[CONFIG_HASH],
    conf: renderedIn(chart, 'ConfigMap', 'matrix-postgres-config').data['postgresql.conf'] as string,
  };
}

it('renders a Deployment with an account of its own', () => {
  expect(rendered().keys()).toEqual([
    'NetworkPolicy matrix-backup-agent',
    'ServiceAccount matrix-backup-agent',
    'Role matrix-backup-agent',
    'RoleBinding matrix-backup-agent',
    'Deployment matrix-backup-agent',
  ]);
});

it('may write on exactly the CronJobs that it watches over, and nothing else', () => {
  expect(rendered().get('Role').rules).toEqual([
    { apiGroups: ['batch'], resources: ['cronjobs'], resourceNames: Object.values(CRON_JOBS), verbs: ['patch'] },
  ]);
});

it('knows when each part should have succeeded again, and on which CronJob to write', () => {
  const values = valuesOf(rendered().container);
  const hours = ['BACKUP', 'PRUNE', 'DRILL', 'DUMP'].map((part) => Number(values[`MAX_AGE_${part}`]) / 3600);
  expect(hours).toEqual([27, 27, 171, 171]);
  expect(values.CRONJOBS.split(' ')).toEqual(Object.entries(CRON_JOBS).map((pair) => pair.join('=')));
  expect(values).toMatchObject({ RECOVERY_POINT: '60', ARCHIVE_TIMEOUT: '40', PORT: '9090' });
});

it('is not ready when something is wrong, and is ended only when it hangs', () => {
  const { readinessProbe, livenessProbe, ports } = rendered().container;
  expect([readinessProbe.httpGet, livenessProbe.httpGet]).toEqual([
    { path: '/ready', port: 9090 },
    { path: '/alive', port: 9090 },
  ]);
  expect(ports).toEqual([{ name: 'metrics', containerPort: 9090 }]);
});

it('runs beside the database, as its user: it reads what that has handed over', () => {
  const { pod } = rendered();
  expect(pod.affinity).toEqual(besideAffinity({ app: 'matrix-postgres' }));
  expect(pod.securityContext).toMatchObject({ runAsUser: 70, fsGroup: 70 });
});

it('comes to the repository as who may remove nothing, and to the database as who may change nothing', () => {
  const { container } = rendered({ repository: IN_STORE });
  expect(secretsIn(container)).toEqual(['database', 'writer']);
  expect(valuesOf(container).PGUSER).toBe('backup');
});

it('takes one connection of the database', () => {
  const { conf } = rendered();
  // Ten of Synapse and one, beside those for people.
  expect(conf).toContain("max_connections = '21'");
});

it('rolls when a script changes', () => {
  expect(rendered({}, { scripts: { 'agent.py': 'print(1)' } }).hash).not.toBe(rendered().hash);
  expect(rendered().hash).toBe(rendered().hash);
});

it('lets nobody in but a collector that was let in, at its metrics', () => {
  const { agent, get } = rendered();
  expect(get('NetworkPolicy').spec.ingress).toBeUndefined();
  agent.allowMetricsFrom(Peer.pods({ app: 'prometheus' }));
  expect(get('NetworkPolicy').spec.ingress).toEqual([
    { from: [{ podSelector: { matchLabels: { app: 'prometheus' } } }], ports: [{ port: 9090, protocol: 'TCP' }] },
  ]);
});

it('starts anew when its password or the credentials of the store change', () => {
  const { container, pod } = rendered({ repository: IN_STORE });
  expect(container.command.slice(0, 4)).toEqual(['/bin/sh', '/scripts/restart-on-change.sh', '/watched', '--']);
  const { sources } = pod.volumes.find(({ name }: Manifest) => name === 'watched').projected;
  const names = sources.map(({ secret }: Manifest) => secret.items[0].path);
  expect(names.sort()).toEqual(['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'PGPASSWORD']);
});

it('fails when a patch makes it two: both would ship', () => {
  const { chart } = rendered();
  patchField(chart, 'Deployment', 'matrix-backup-agent', '/spec/replicas', 2);
  const problems = chart.node.findAll().flatMap((child) => child.node.validate());
  expect(problems.join()).toContain("Deployment 'matrix-backup-agent' in caritas has 2 replicas");
});
