import { parseSize } from '../../lib/kubernetes/checks/quantities';
import { type Installation, named, nodePortOf } from './installation';

/** A program for main.ts that takes the place of an installation. */
export function programText(installation: Installation): string {
  const { namespace, settings, claims } = installation;
  const sqlite = settings.database?.name === 'sqlite3';
  const imports = [
    'HomeserverConfig',
    'MatrixApp',
    'MatrixChart',
    'Peer',
    'Postgres',
    ...(sqlite ? ['SqliteMigration'] : []),
  ];
  const storageClass = named(claims, 'matrix-synapse-data')?.spec.storageClassName;
  const port = nodePortOf(installation);
  const lines = [
    "import { Size } from 'cdk8s';",
    `import { ${imports.join(', ')} } from './lib';`,
    '',
    'const app = new MatrixApp();',
    "const chart = new MatrixChart(app, 'matrix', {",
    `  namespace: ${quoted(namespace)},`,
    `  serverName: ${quoted(settings.server_name ?? 'SERVER_NAME')},`,
    '  // The address that clients use from now on.',
    `  publicBaseUrl: ${quoted((settings.public_baseurl ?? 'https://HOST').replace(/\/+$/, ''))},`,
    ...(storageClass ? [`  storageClass: ${quoted(storageClass)},`] : []),
    `  postgres: Postgres.inCluster({ storage: ${sizeOf(installation, 'matrix-postgres-pvc', '20Gi')} }),`,
    '  synapse: {',
    '    config: HomeserverConfig.oriso(),',
    `    mediaStorage: ${sizeOf(installation, 'matrix-synapse-data', '10Gi')},`,
    '    unauthenticatedMedia: true,',
    '  },',
    '  edge: {',
    "    allowedAdmins: [Peer.pods({ app: 'userservice' }), Peer.pods({ app: 'agencyservice' })],",
    ...(port === undefined ? [] : nodePortLines(port)),
    '  },',
    '});',
    ...(sqlite
      ? [
          "new SqliteMigration(chart, 'Migration', {",
          '  system: chart.system,',
          '  database: chart.postgres,',
          '  homeserver: chart.synapse,',
          '});',
        ]
      : []),
    'app.synth();',
  ];
  return `${lines.join('\n')}\n`;
}

function nodePortLines(port: number): string[] {
  return [
    `    nodePort: ${port},`,
    "    // Replace it by the address of the platform's proxy.",
    "    allowedClients: [Peer.addresses('192.0.2.10/32')],",
    "    trustedProxies: ['192.0.2.10/32'],",
  ];
}

/** A claim cannot become smaller. */
function sizeOf({ claims }: Installation, name: string, otherwise: string): string {
  const size = parseSize(named(claims, name)?.spec.resources.requests.storage ?? otherwise);
  return `Size.mebibytes(${size.toMebibytes()})`;
}

function quoted(text: string): string {
  return `'${text.replace(/[\\']/g, '\\$&')}'`;
}
