import { container, type Fault, patch } from './fault';

/** Faults of a system that does not answer any more. */
export const OUTAGES: Fault[] = [
  {
    name: 'Synapse scaled to 0',
    named: /^fail workloads: matrix-synapse is scaled to 0/,
    plant: ({ system }) => system.kubectl(['scale', 'deployment/matrix-synapse', '--replicas=0']),
  },
  {
    name: 'an old Synapse',
    named: /^warn versions: Synapse 1.100.0 is older than/,
    plant: ({ system }) =>
      patch(system, 'deployment/matrix-synapse', container('synapse', { image: 'example.org/synapse:v1.100.0' })),
  },
  {
    name: 'a PostgreSQL without fixes',
    named: /^fail versions: PostgreSQL 14.20 has had no fixes since 2026-11-12/,
    plant: ({ system }) =>
      patch(system, 'statefulset/matrix-postgres', container('postgres', { image: 'example.org/postgres:14.20' })),
  },
  {
    name: 'a deleted network policy',
    named: /^fail network: matrix-discovery has no network policy of its own/,
    plant: ({ system }) => system.kubectl(['delete', 'networkpolicy', 'matrix-discovery']),
  },
  {
    name: 'a public address without Synapse',
    named: /^fail client-api: https:\/\/matrix.doctor.test\/_matrix\/client\/versions answers 503/,
    // By the faults before.
    plant: async () => undefined,
  },
  {
    name: 'federation that does not arrive',
    named: /^fail federation: other servers do not reach this one: .* answers 503/,
    plant: async () => undefined,
  },
  {
    name: 'a backup agent that is away',
    named: /^unknown backup: /,
    plant: ({ system }) => system.kubectl(['scale', 'deployment/matrix-backup-agent', '--replicas=0']),
  },
];
