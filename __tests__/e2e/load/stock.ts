import { POSTGRES_IMAGE } from '../../../lib/postgres/in-cluster/postgres-image';
import { SYNAPSE_IMAGE } from '../../../lib/python/synapse-image';

const HARDENED = { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } };
const LOGIN = { user: 'synapse', password: 'stock', database: 'synapse', host: 'postgres' };

/** Changes the database of a generated homeserver.yaml, and nothing else. */
const SWITCH = `
import yaml
with open("/data/homeserver.yaml") as file:
    settings = yaml.safe_load(file)
settings["database"] = {"name": "psycopg2", "args": ${JSON.stringify({ ...LOGIN, cp_min: 5, cp_max: 10 })}}
with open("/data/homeserver.yaml", "w") as file:
    yaml.safe_dump(settings, file)
`;

/** Synapse as its image generates it, and PostgreSQL as its image starts it. */
export function stockSystem(namespace: string, cpu: string): string {
  const resources = { requests: { cpu, memory: '256Mi' } };
  const environment = [
    { name: 'SYNAPSE_SERVER_NAME', value: 'caritas.local' },
    { name: 'SYNAPSE_REPORT_STATS', value: 'no' },
  ];
  const data = { name: 'data', mountPath: '/data' };
  const synapse = { image: SYNAPSE_IMAGE.reference, env: environment, securityContext: HARDENED, volumeMounts: [data] };
  const listens = { tcpSocket: { port: 5432 }, periodSeconds: 1 };
  const items = [
    workload('postgres', POSTGRES_IMAGE.uid, {
      containers: [
        {
          name: 'postgres',
          image: POSTGRES_IMAGE.reference,
          securityContext: HARDENED,
          resources,
          env: Object.entries({
            POSTGRES_USER: LOGIN.user,
            POSTGRES_PASSWORD: LOGIN.password,
            POSTGRES_DB: LOGIN.database,
            POSTGRES_INITDB_ARGS: '--encoding=UTF8 --locale=C',
            PGDATA: '/data/pgdata',
          }).map(([name, value]) => ({ name, value })),
          volumeMounts: [data],
          readinessProbe: listens,
        },
      ],
    }),
    service('postgres', 5432),
    workload('synapse', SYNAPSE_IMAGE.uid, {
      initContainers: [
        { ...synapse, name: 'generate', args: ['generate'] },
        { ...synapse, name: 'switch', command: ['python3', '-c', SWITCH] },
      ],
      containers: [
        {
          ...synapse,
          name: 'synapse',
          resources,
          readinessProbe: { httpGet: { path: '/health', port: 8008 }, periodSeconds: 1 },
        },
      ],
    }),
    service('synapse', 8008),
  ].map((object) => ({ ...object, metadata: { ...object.metadata, namespace } }));
  return JSON.stringify({ apiVersion: 'v1', kind: 'List', items });
}

function workload(name: string, uid: number, pod: object) {
  const spec = {
    securityContext: { runAsNonRoot: true, runAsUser: uid, fsGroup: uid, seccompProfile: { type: 'RuntimeDefault' } },
    volumes: [{ name: 'data', emptyDir: {} }],
    ...pod,
  };
  const template = { metadata: { labels: { app: name } }, spec };
  const selector = { matchLabels: { app: name } };
  return { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name }, spec: { selector, template } };
}

function service(name: string, port: number) {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name },
    spec: { selector: { app: name }, ports: [{ port }] },
  };
}
