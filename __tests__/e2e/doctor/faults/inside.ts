import { container, type Fault, patch } from './fault';

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
export const INSIDE: Fault[] = [
  {
    name: 'a container that has too little memory',
    named: /^fail restarts: container discovery of matrix-discovery-\S+ ran out of memory/,
    plant: ({ system }) =>
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
    plant: ({ system }) =>
      patch(system, 'deployment/matrix-edge', container('haproxy', { image: 'example.org/haproxy:0' })),
  },
  {
    name: 'a pod that fits on no node, and has no network policy',
    named: /^fail pods: matrix-extra has no node: .*Insufficient memory/,
    plant: ({ system }) =>
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
    name: 'a missing Secret',
    named: /^fail secrets: Secret matrix-admin-secret is missing/,
    plant: ({ system }) => system.kubectl(['delete', 'secret', 'matrix-admin-secret']),
  },
  {
    name: 'nodes that are too small for a job',
    named: /^warn nodes: no node has room for matrix-restore-drill, which requests .* and 900\S* GiB/,
    plant: ({ system }) =>
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
    // The fault before lets it fail.
    plant: ({ system }) => system.kubectl(['create', 'job', 'drill', '--from=cronjob/matrix-restore-drill']),
  },
  {
    name: 'an overdue backup',
    named: /^fail backup: the last backup was made 3 days ago, which is too long/,
    plant: ({ system }) => system.exec('deployment/matrix-backup-agent', 'python3', '-c', OLD_BACKUP),
  },
  {
    name: 'a background update that cannot end',
    named: /^(warn|fail) updates: a background update of the database/,
    plant: async ({ system }) => {
      await system.sql("INSERT INTO background_updates (update_name, progress_json) VALUES ('planted', '{}')");
      await system.kubectl(['delete', 'pod', '-l', 'app=matrix-synapse']);
      await system.kubectl(['rollout', 'status', 'deployment/matrix-synapse', '--timeout=120s']);
    },
  },
];
