import type { Installation, Workload } from '../../../cli/adopt/installation';

const object = (kind: string, name: string) => ({ kind, metadata: { name, creationTimestamp: '' } });

export function workload(kind: string, name: string, spec: Partial<Workload['spec']> = {}): Workload {
  const template = { spec: { containers: [{ image: 'docker.io/library/postgres:15-alpine' }] } };
  return { ...object(kind, name), spec: { selector: { matchLabels: { app: name } }, template, ...spec } };
}

const claim = (name: string, storage: string) => ({
  ...object('PersistentVolumeClaim', name),
  spec: { storageClassName: 'local-path', resources: { requests: { storage } } },
});

const PORTS = [
  { port: 8008, nodePort: 30292 },
  { port: 8009, nodePort: 32469 },
];

/** The original installation. */
export const ORIGINAL: Installation = {
  namespace: 'caritas',
  settings: {
    server_name: 'caritas.local',
    public_baseurl: 'http://caritas.local:8008/',
    enable_registration: true,
    database: { name: 'sqlite3' },
    listeners: [{ port: 8008, type: 'http', resources: [{ names: ['client', 'federation'] }] }],
  },
  workloads: [
    workload('Deployment', 'matrix-synapse'),
    workload('StatefulSet', 'matrix-postgres', { serviceName: 'matrix-postgres-service' }),
  ],
  claims: [claim('matrix-synapse-data', '10Gi'), claim('matrix-postgres-pvc', '20Gi')],
  services: [{ ...object('Service', 'matrix-synapse'), spec: { type: 'LoadBalancer', ports: PORTS } }],
  cronJobs: ['matrix-backup-cronjob-github', 'matrix-restore'],
};
