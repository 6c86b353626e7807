import { Chart, Duration, Testing } from 'cdk8s';
import {
  BackupRepository,
  LivekitEntry,
  MatrixAccounts,
  MatrixBackups,
  MatrixCalls,
  MatrixDiscovery,
  MatrixEdge,
  MatrixLivekit,
  MatrixPostgres,
  MatrixSynapse,
  MatrixSyntheticUser,
  MatrixTurn,
  MatrixUpkeep,
  MatrixWebClient,
  OperatorMonitoring,
  Peer,
  patchField,
  System,
  TurnEntry,
  Workers,
} from '../lib';
import { emptyChart, external, postgresIn, synapseIn, systemIn } from './support/parts';
import { chartOf, FACTS, manifestsOf, OPTIONS, REPOSITORY } from './support/systems';

const { postgres: POSTGRES, synapse: SYNAPSE, edge: EDGE, discovery: DISCOVERY, accounts: ACCOUNTS } = OPTIONS;
const HOMESERVER = { host: 'matrix-synapse-admin', port: 8008 };

/** Each part on its own, without MatrixChart. */
const PARTS: { [name: string]: (chart: Chart, id: string) => unknown } = {
  MatrixPostgres: (chart, id) => postgresIn(chart, {}, id),
  MatrixSynapse: (chart, id) => synapseIn(chart, { database: external({ database: id.toLowerCase() }) }, id),
  MatrixDiscovery: (chart, id) => new MatrixDiscovery(chart, id, { system: systemIn(chart) }),
  MatrixEdge: (chart, id) => {
    const homeserver = synapseIn(chart, { database: external({ database: id.toLowerCase() }) }, `${id}Synapse`);
    return new MatrixEdge(chart, id, { system: systemIn(chart), homeserver });
  },
  MatrixWebClient: (chart, id) =>
    new MatrixWebClient(chart, id, { system: systemIn(chart), url: 'https://element.example.org' }),
  MatrixTurn: (chart, id) =>
    new MatrixTurn(chart, id, {
      system: systemIn(chart),
      host: 'turn.example.org',
      entry: TurnEntry.nodePorts(),
    }),
  MatrixAccounts: (chart, id) => {
    const registrationSecret = { secretName: 'registration', key: 'shared_secret' };
    return new MatrixAccounts(chart, id, {
      system: systemIn(chart),
      homeserver: { ...HOMESERVER, registrationSecret },
    });
  },
  MatrixBackups: (chart, id) => {
    const system = systemIn(chart);
    const database = postgresIn(chart, {}, `${id}Postgres`);
    const homeserver = synapseIn(chart, { database }, `${id}Synapse`);
    return new MatrixBackups(chart, id, {
      system,
      database,
      homeserver,
      repository: BackupRepository.claim(),
      furtherSecrets: [],
    });
  },
  MatrixLivekit: (chart, id) =>
    new MatrixLivekit(chart, id, {
      system: systemIn(chart),
      publicHost: 'calls.example.org',
      entry: LivekitEntry.nodePorts(),
    }),
  MatrixSyntheticUser: (chart, id) => {
    const homeserver = synapseIn(chart, { database: external({ database: id.toLowerCase() }) }, `${id}Synapse`);
    const edge = new MatrixEdge(chart, `${id}Edge`, { system: systemIn(chart), homeserver });
    const administrator = { username: 'root', password: { secretName: 'admin', key: 'password' } };
    return new MatrixSyntheticUser(chart, id, { system: systemIn(chart), homeserver, edge, administrator });
  },
  MatrixUpkeep: (chart, id) => {
    const homeserver = synapseIn(chart, { database: external({ database: id.toLowerCase() }) }, `${id}Synapse`);
    const edge = new MatrixEdge(chart, `${id}Edge`, { system: systemIn(chart), homeserver });
    const administrator = { username: 'root', password: { secretName: 'admin', key: 'password' } };
    const abandonedRoomsAfter = Duration.days(30);
    return new MatrixUpkeep(chart, id, {
      system: systemIn(chart),
      homeserver,
      edge,
      administrator,
      abandonedRoomsAfter,
    });
  },
  OperatorMonitoring: (chart, id) => {
    const homeserver = synapseIn(chart, { database: external({ database: id.toLowerCase() }) }, `${id}Synapse`);
    const collector = Peer.namespace('monitoring');
    return new OperatorMonitoring(chart, id, { system: systemIn(chart), parts: [homeserver], collector });
  },
};

describe.each(Object.entries(PARTS))('%s', (_, make) => {
  it('works without MatrixChart', () => {
    const chart = emptyChart();
    make(chart, 'One');
    expect(() => Testing.synth(chart)).not.toThrow();
  });

  it('fails when two have the same name', () => {
    const chart = emptyChart();
    make(chart, 'One');
    make(chart, 'Two');
    expect(() => Testing.synth(chart)).toThrow('is declared twice');
    expect(() => Testing.synth(chart)).toThrow('set a namePrefix or another namespace');
  });
});

/** Combines the parts of MatrixChart by hand, under the same names. */
function byHand(options: typeof OPTIONS | undefined, repository: BackupRepository): Chart {
  const chart = new Chart(Testing.app(), 'matrix', { namespace: 'caritas', disableResourceNameHashes: true });
  const { serverName, publicBaseUrl } = FACTS;
  const system = new System(chart, 'System', options ? FACTS : { serverName, publicBaseUrl });
  const database = new MatrixPostgres(chart, 'Postgres', { system, ...(options && POSTGRES) });
  const turn = options && new MatrixTurn(chart, 'Turn', { system, ...options.turn });
  const callServiceUrl = options && `https://${options.calls.host}/livekit/jwt`;
  const homeserver = new MatrixSynapse(chart, 'Synapse', {
    system,
    turn: turn?.server,
    database,
    callServiceUrl,
    membershipLookup: options !== undefined,
    ...(options && { ...SYNAPSE, workers: Workers.of(OPTIONS.workers) }),
  });
  const calls = options && new MatrixCalls(chart, 'Calls', { system, homeserver, ...options.calls });
  const discovery = new MatrixDiscovery(chart, 'Discovery', {
    system,
    allowedClients: [],
    callServiceUrl,
    ...(options && DISCOVERY),
  });
  const webClient =
    options && new MatrixWebClient(chart, 'WebClient', { system, callServiceUrl, ...options.webClient });
  const sites = calls && webClient && [...EDGE.sites, ...calls.sites, webClient.site];
  const edge = new MatrixEdge(chart, 'Edge', { system, homeserver, discovery, ...(options && { ...EDGE, sites }) });
  const accounts = new MatrixAccounts(chart, 'Accounts', {
    system,
    homeserver: {
      host: edge.adminHost,
      port: edge.adminPort,
      registrationSecret: homeserver.secretFiles.registration_shared_secret,
    },
    ...(options && ACCOUNTS),
  });
  edge.allowAdminFrom(accounts);
  const backups = new MatrixBackups(chart, 'Backups', {
    system,
    database,
    homeserver,
    repository,
    furtherSecrets: [accounts.adminPassword],
    ...(options && OPTIONS.backups),
  });
  if (options) {
    const administrator = { username: accounts.adminUsername, password: accounts.adminPassword };
    const around = { system, homeserver, edge, discovery, administrator };
    const syntheticUser = new MatrixSyntheticUser(chart, 'SyntheticUser', { ...around, ...options.syntheticUser });
    const upkeep = new MatrixUpkeep(chart, 'Upkeep', { system, homeserver, edge, administrator, ...options.upkeep });
    const ofCalls = calls?.watched ?? [];
    const parts = [edge, homeserver, database.watched, ...ofCalls, backups, syntheticUser, upkeep];
    new OperatorMonitoring(chart, 'Monitoring', { system, parts, ...options.monitoring });
  }
  return chart;
}

it('renders the objects of MatrixChart when the same parts are combined by hand', () => {
  expect(Testing.synth(byHand(undefined, BackupRepository.claim()))).toEqual(manifestsOf('default'));
});

it('renders the objects of MatrixChart with every option of every part', () => {
  expect(Testing.synth(byHand(OPTIONS, REPOSITORY))).toEqual(manifestsOf('everything'));
});

it('allows further clients of parts of a MatrixChart afterwards', () => {
  const chart = chartOf();
  const peer = Peer.namespace('monitoring');
  chart.edge.allowMetricsFrom(peer);
  chart.synapse.allowMetricsFrom(peer);
  chart.backups?.allowMetricsFrom(peer);
  const open = Testing.synth(chart).filter(({ kind, spec }) =>
    Boolean(kind === 'NetworkPolicy' && JSON.stringify(spec.ingress ?? []).includes('monitoring')),
  );
  expect(open.map(({ metadata }) => metadata.name)).toEqual(['matrix-synapse', 'matrix-edge', 'matrix-backup-agent']);
});

it.each([
  ['StatefulSet', 'matrix-postgres', 'replicated PostgreSQL is not supported'],
  ['Deployment', 'matrix-synapse', 'leave 1 and Recreate, and scale by workers'],
])('%s %s fails when a patch makes it two', (kind, name, remedy) => {
  const chart = emptyChart();
  synapseIn(chart, { database: postgresIn(chart) });
  patchField(chart, kind, name, '/spec/replicas', 2);
  expect(() => Testing.synth(chart)).toThrow(`${kind} '${name}' in caritas has 2 replicas`);
  expect(() => Testing.synth(chart)).toThrow(remedy);
});

it('accepts patches of other fields, and of replicas of workloads that can scale', () => {
  const chart = emptyChart();
  synapseIn(chart);
  PARTS.MatrixDiscovery(chart, 'Discovery');
  patchField(chart, 'Deployment', 'matrix-synapse', '/spec/template/spec/priorityClassName', 'high');
  patchField(chart, 'Deployment', 'matrix-discovery', '/spec/replicas', 5);
  expect(() => Testing.synth(chart)).not.toThrow();
});
