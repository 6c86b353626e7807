import { SYNAPSE_IMAGE } from '../../../lib/python/synapse-image';
import { kubectl } from '../support/kubectl';
import { makeNamespace, removeNamespace } from '../support/system';

const HOMESERVER = `
server_name: 192.0.2.1
public_baseurl: http://192.0.2.1:8008/
report_stats: false
enable_registration: true
enable_registration_without_verification: true
signing_key_path: /data/192.0.2.1.signing.key
media_store_path: /data/media_store
pid_file: /tmp/homeserver.pid
trusted_key_servers: []
database: { name: sqlite3, args: { database: /data/homeserver.db } }
listeners:
  - port: 8008
    type: http
    tls: false
    bind_addresses: [0.0.0.0]
    resources: [{ names: [client, federation] }]
`;
const RUN = ['--generate-keys &&', '']
  .map((more) => `python3 -m synapse.app.homeserver -c /data/homeserver.yaml ${more}`)
  .join(' exec ');

/** The parts of the original manifests that the doctor looks at, with their names. */
export async function installOriginal(namespace: string): Promise<void> {
  await removeNamespace(namespace);
  await makeNamespace(namespace);
  const object = (apiVersion: string, kind: string, name: string, rest: object) => ({
    apiVersion,
    kind,
    metadata: { name, namespace, labels: { app: name } },
    ...rest,
  });
  const items = [
    object('v1', 'ConfigMap', 'matrix-homeserver-oidc', { data: { 'homeserver.yaml': HOMESERVER } }),
    object('v1', 'ConfigMap', 'matrix-backup-script', { data: { 'backup.sh': 'git push --force' } }),
    object('v1', 'ConfigMap', 'matrix-discovery-data', { data: { 'example.org': '{}' } }),
    object('v1', 'PersistentVolumeClaim', 'matrix-synapse-data', {
      spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
    }),
    object('apps/v1', 'Deployment', 'matrix-synapse', {
      spec: workload('matrix-synapse', {
        containers: [
          {
            name: 'synapse',
            image: SYNAPSE_IMAGE.reference,
            command: ['sh', '-c', RUN],
            readinessProbe: {
              httpGet: { path: '/_matrix/client/versions', port: 8008 },
              periodSeconds: 2,
              timeoutSeconds: 5,
            },
            volumeMounts: [
              { name: 'data', mountPath: '/data' },
              { name: 'config', mountPath: '/data/homeserver.yaml', subPath: 'homeserver.yaml' },
            ],
          },
        ],
        volumes: [
          { name: 'data', persistentVolumeClaim: { claimName: 'matrix-synapse-data' } },
          { name: 'config', configMap: { name: 'matrix-homeserver-oidc' } },
        ],
      }),
    }),
    object('batch/v1', 'CronJob', 'matrix-backup-cronjob-github', {
      spec: {
        schedule: '0 2 * * *',
        jobTemplate: {
          spec: {
            template: {
              spec: { restartPolicy: 'Never', containers: [{ name: 'backup', image: 'alpine', command: ['true'] }] },
            },
          },
        },
      },
    }),
  ];
  await kubectl(['apply', '-f', '-'], JSON.stringify({ apiVersion: 'v1', kind: 'List', items }));
  await kubectl(['rollout', 'status', 'deployment/matrix-synapse', '-n', namespace, '--timeout=240s']);
}

function workload(app: string, spec: object): object {
  const labels = { app };
  return { selector: { matchLabels: labels }, template: { metadata: { labels }, spec } };
}
