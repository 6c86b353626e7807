import type { Fault } from './fault';

/** Faults that the public sees, and changes by hand. */
export const PUBLIC_FAULTS: Fault[] = [
  {
    name: 'a certificate near its end',
    named: /^fail tls: the certificate of matrix.doctor.test:443 ends in \d+ hours/,
    plant: (stage) => stage.useCertificateFor(2),
  },
  {
    name: 'a document of discovery that leads elsewhere',
    named:
      /^fail well-known: https:\/\/doctor.test\/.well-known\/matrix\/client (is not what is deployed|sends clients to https:\/\/old.test)/,
    plant: ({ system }) =>
      system.kubectl([
        'patch',
        'configmap/matrix-discovery-data',
        '-p',
        JSON.stringify({ data: { 'doctor.test.client.json': '{"m.homeserver":{"base_url":"https://old.test"}}' } }),
      ]),
  },
  {
    name: 'a ConfigMap that was changed by hand',
    named: /^warn drift: ConfigMap matrix-postgres-config is changed: data.postgresql.conf/,
    plant: ({ system }) =>
      system.kubectl(['patch', 'configmap/matrix-postgres-config', '-p', '{"data":{"postgresql.conf":"fsync = off"}}']),
  },
  {
    name: 'an object that is missing in the cluster',
    named: /^fail drift: PodDisruptionBudget matrix-edge is missing/,
    plant: ({ system }) => system.kubectl(['delete', 'poddisruptionbudget', 'matrix-edge']),
  },
  {
    name: 'an object that was not rendered',
    named: /^warn drift: ConfigMap matrix-left-over is not in /,
    plant: async ({ system }) => {
      await system.kubectl(['create', 'configmap', 'matrix-left-over']);
      await system.kubectl([
        'label',
        'configmap',
        'matrix-left-over',
        'app.kubernetes.io/part-of=matrix',
        'app.kubernetes.io/instance=matrix',
      ]);
    },
  },
  {
    name: 'a claim that is nearly full',
    named: /^fail claims: matrix-synapse-data has .* free/,
    plant: (stage) => stage.fillMedia(),
  },
  {
    name: 'a backup password that is not saved',
    named: /^warn escrow: it is not confirmed/,
    plant: async ({ system }) => {
      await system.kubectl([
        'patch',
        'secret',
        'matrix-backup-secret',
        '--type=json',
        '-p',
        '[{"op":"remove","path":"/data/escrowed"}]',
      ]);
      // The agent would see it within two minutes.
      await system.kubectl(['delete', 'pod', '-l', 'app=matrix-backup-agent', '--wait=false']);
    },
  },
];
