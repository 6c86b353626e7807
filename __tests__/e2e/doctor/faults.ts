import { eventually } from '../support/kubectl';
import type { System } from '../support/system';

/** Something that is wrong. */
export interface Fault {
  /** What it is. */
  readonly name: string;
  /** Line of the doctor that names it. */
  readonly named: RegExp;
  plant(system: System): Promise<unknown>;
}

const patch = (system: System, target: string, change: object) =>
  system.kubectl(['patch', target, '--type=strategic', '-p', JSON.stringify(change)]);
const container = (name: string, change: object) => ({
  spec: { template: { spec: { containers: [{ name, ...change }] } } },
});
/** More than any node has. */
const TOO_MUCH = { requests: { memory: '900Gi' }, limits: { memory: '900Gi' } };

/** A backup of three days ago, as the agent would note it. */
const OLD_BACKUP = `
import sys, time
sys.path[:0] = ["/program", "/program/matrix_backups"]
from matrix_backups import metrics
metrics.write("backup", {"last_success_timestamp_seconds": time.time() - 3 * 86400})
`;

/** Faults of a system that still answers. */
export const FAULTS: Fault[] = [
  {
    name: 'a container that has too little memory',
    named: /^fail restarts: container discovery of matrix-discovery-\S+ ran out of memory/,
    plant: (system) =>
      patch(system, 'deployment/matrix-discovery', container('discovery', { command: ['sh', '-c', 'tail /dev/zero'] })),
  },
  {
    name: 'a container that crashes',
    named: /^fail pods: matrix-discovery-\S+: container discovery ends again and again/,
    // By the fault before.
    plant: async () => undefined,
  },
  {
    name: 'an image that does not exist',
    named: /^fail pods: matrix-edge-\S+: image example.org\/haproxy:0 cannot be pulled/,
    plant: (system) =>
      patch(system, 'deployment/matrix-edge', container('haproxy', { image: 'example.org/haproxy:0' })),
  },
  {
    name: 'a pod that fits on no node, and has no network policy',
    named: /^fail pods: matrix-extra has no node: .*Insufficient memory/,
    plant: (system) =>
      system.kubectl(
        ['apply', '-f', '-'],
        JSON.stringify({
          apiVersion: 'v1',
          kind: 'Pod',
          metadata: { name: 'matrix-extra' },
          spec: {
            securityContext: { runAsNonRoot: true, runAsUser: 1000, seccompProfile: { type: 'RuntimeDefault' } },
            containers: [
              {
                name: 'extra',
                image: 'docker.io/library/busybox:1.37',
                resources: TOO_MUCH,
                securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
              },
            ],
          },
        }),
      ),
  },
  {
    name: 'a deleted network policy',
    named: /^fail network: matrix-discovery has no network policy of its own/,
    plant: (system) => system.kubectl(['delete', 'networkpolicy', 'matrix-discovery']),
  },
  {
    name: 'a missing Secret',
    named: /^fail secrets: Secret matrix-admin-secret is missing/,
    plant: (system) => system.kubectl(['delete', 'secret', 'matrix-admin-secret']),
  },
  {
    name: 'nodes that are too small for a job',
    named: /^warn nodes: no node has room for matrix-restore-drill, which requests .* and 900\S* GiB/,
    plant: (system) =>
      patch(system, 'cronjob/matrix-restore-drill', {
        spec: {
          jobTemplate: {
            spec: {
              activeDeadlineSeconds: 1,
              ...container('check', { resources: TOO_MUCH }).spec,
            },
          },
        },
      }),
  },
  {
    name: 'a drill that failed',
    named: /^fail drill: the last restore drill failed: Job drill/,
    plant: async (system) => {
      // The fault before lets it fail.
      await eventually('the drill to be patched', 30, async () =>
        (await system.kubectl(['get', 'cronjob', 'matrix-restore-drill', '-o', 'json'])).includes('900Gi'),
      );
      await system.kubectl(['create', 'job', 'drill', '--from=cronjob/matrix-restore-drill']);
    },
  },
  {
    name: 'an overdue backup',
    named: /^fail backup: the last backup was made 3 days ago, which is too long/,
    plant: (system) => system.exec('deployment/matrix-backup-agent', 'python3', '-c', OLD_BACKUP),
  },
  {
    name: 'a background update that cannot end',
    named: /^(warn|fail) updates: a background update of the database/,
    plant: async (system) => {
      await system.sql("INSERT INTO background_updates (update_name, progress_json) VALUES ('planted', '{}')");
      await system.kubectl(['delete', 'pod', '-l', 'app=matrix-synapse', '--wait=false']);
    },
  },
];

/** Faults of a system that does not answer any more. */
export const OUTAGES: Fault[] = [
  {
    name: 'Synapse scaled to 0',
    named: /^fail workloads: matrix-synapse is scaled to 0/,
    plant: (system) => system.kubectl(['scale', 'deployment/matrix-synapse', '--replicas=0']),
  },
  {
    name: 'an old Synapse',
    named: /^warn versions: Synapse 1.100.0 is older than/,
    plant: (system) =>
      patch(system, 'deployment/matrix-synapse', container('synapse', { image: 'example.org/synapse:v1.100.0' })),
  },
  {
    name: 'a PostgreSQL without fixes',
    named: /^fail versions: PostgreSQL 14.20 has had no fixes since 2026-11-12/,
    plant: (system) =>
      patch(system, 'statefulset/matrix-postgres', container('postgres', { image: 'example.org/postgres:14.20' })),
  },
  {
    name: 'a backup agent that is away',
    named: /^unknown backup: /,
    plant: (system) => system.kubectl(['scale', 'deployment/matrix-backup-agent', '--replicas=0']),
  },
];
