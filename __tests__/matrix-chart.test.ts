import { Duration, Testing } from 'cdk8s';
import {
  Accounts,
  BackupRepository,
  Backups,
  Calls,
  type CallsOptions,
  Discovery,
  EdgeTls,
  Entry,
  HomeserverConfig,
  LivekitEntry,
  MatrixChart,
  type MatrixChartProps,
  Monitoring,
  Peer,
  Postgres,
  parseSize,
  Scaling,
  Schedule,
  SecretKey,
  Secrets,
  SyntheticUser,
  Turn,
  TurnEntry,
  Upkeep,
  WebClient,
  Workers,
} from '../lib';
import { besideAffinity } from '../lib/kubernetes/workloads/affinity';
import { find, keyOf, type Manifest, textsOf } from './support/manifests';
import { untyped } from './support/parts';
import { ALL_SECRETS, chartOf, DEFAULT, EXISTING_SECRETS, FACTS, manifestsOf, OPTIONS } from './support/systems';

const { formSecret, ...WITHOUT_FORM_SECRET } = ALL_SECRETS;
const { adminPassword, ...WITHOUT_ADMIN_PASSWORD } = ALL_SECRETS;
const MANAGED = Postgres.external({
  host: 'db.example.org',
  credentials: SecretKey.fromSecretName('db', 'password'),
});
const CLAIM = BackupRepository.claim();
const STORE = {
  endpoint: 'https://s3.example.org',
  bucket: 'backups',
  credentials: {
    accessKeyId: SecretKey.fromSecretName('s3', 'id'),
    secretAccessKey: SecretKey.fromSecretName('s3', 'key'),
  },
};
const synthesized = (props: Partial<MatrixChartProps> = {}): Manifest[] => Testing.synth(chartOf(props));
const keysOf = (props: Partial<MatrixChartProps> = {}) => synthesized(props).map(keyOf);

it('minimal: has all parts, connected with each other', () => {
  const { synapse, postgres, discovery, edge, accounts, backups } = chartOf();
  expect(synapse.signingKey.secretName).toBe('matrix-signing-key');
  expect([postgres.host, postgres.database, postgres.user]).toEqual([
    'matrix-postgres-service',
    'synapse',
    'synapse_user',
  ]);
  expect([synapse.host, edge.host, discovery?.host, backups?.claimName]).toEqual([
    'matrix-synapse-main',
    'matrix-synapse',
    'matrix-discovery',
    'matrix-postgres-backup-pvc',
  ]);
  expect(accounts?.adminUsername).toBe('matrix-admin');
});

const WATCHED = { monitoring: Monitoring.prometheusOperator({ collector: Peer.namespace('observability') }) };

const CALLED: CallsOptions = { host: 'calls.example.org', entry: LivekitEntry.nodePorts() };

/** Creates each part from its options. */
const PARTS: { [Part in keyof typeof OPTIONS]: (options: object) => Partial<MatrixChartProps> } = {
  postgres: (options) => ({ postgres: Postgres.inCluster(options) }),
  synapse: (synapse) => ({ synapse }),
  edge: (edge) => ({ edge }),
  discovery: (options) => ({ discovery: Discovery.served(options) }),
  accounts: (options) => ({ accounts: Accounts.managed(options) }),
  backups: (options) => ({ backups: Backups.to(CLAIM, options) }),
  monitoring: (options) => ({
    monitoring: Monitoring.prometheusOperator({ collector: Peer.namespace('observability'), ...options }),
  }),
  workers: (options) => ({
    synapse: OPTIONS.synapse,
    images: FACTS.images,
    workers: Workers.of({ sync: Scaling.fixed(1), ...options }),
  }),
  webClient: (options) => ({
    edge: { entry: OPTIONS.edge.entry },
    webClient: WebClient.element({ url: 'https://element.caritas.local', ...options }),
  }),
  turn: (options) => ({
    turn: Turn.coturn({ host: 'calls.example.org', entry: TurnEntry.nodePorts(), ...options }),
  }),
  calls: (options) => ({ edge: { entry: OPTIONS.edge.entry }, calls: Calls.livekit({ ...CALLED, ...options }) }),
  syntheticUser: (options) => ({ ...WATCHED, syntheticUser: SyntheticUser.inCluster(options) }),
  upkeep: (options) => ({ upkeep: Upkeep.nightly({ abandonedRoomsAfter: Duration.days(30), ...options }) }),
};
/** Other options that an option requires to be valid or to have an effect. */
const COMPANIONS: { [option: string]: object } = {
  receiverResources: { synchronousReplication: true },
  nodePort: { allowedClients: OPTIONS.edge.allowedClients },
  mediaHosts: { entry: OPTIONS.edge.entry },
  relayPort: { entry: OPTIONS.calls.entry },
  sites: { entry: OPTIONS.edge.entry },
  address: { peer: OPTIONS.syntheticUser.peer },
  port: { peer: OPTIONS.syntheticUser.peer },
};
/** The same for other props. */
const SURROUNDINGS: { [option: string]: Partial<MatrixChartProps> } = {
  'postgres storage': { backups: Backups.none() },
  'synapse mediaStorage': { backups: Backups.none() },
  'synapse media': { images: FACTS.images },
  'fact allowIpServerName': { serverName: '192.0.2.7' },
};

/** Options that render nothing: they only refuse. */
const REFUSALS = ['deployedVersion'];

/** Returns the objects, or the error message. */
function outcome(props: Partial<MatrixChartProps>): unknown {
  try {
    return synthesized(props);
  } catch (error) {
    return String(error);
  }
}

describe.each(Object.entries(PARTS))('%s', (part, partOf) => {
  const options: object = OPTIONS[part as keyof typeof OPTIONS];

  it.each(Object.entries(options).filter(([option]) => !REFUSALS.includes(option)))(
    'option %s changes the output',
    (option, value) => {
      const surroundings = SURROUNDINGS[`${part} ${option}`] ?? {};
      const companions = COMPANIONS[option] ?? {};
      const without = synthesized({ ...surroundings, ...partOf(companions) });
      expect(synthesized({ ...surroundings, ...partOf({ ...companions, [option]: value }) })).not.toEqual(without);
    },
  );
});

it.each(Object.entries(FACTS).filter(([fact]) => !(fact in DEFAULT)))('fact %s changes the output', (fact, value) => {
  const surroundings = SURROUNDINGS[`fact ${fact}`] ?? {};
  expect(synthesized({ ...surroundings, [fact]: value })).not.toEqual(outcome(surroundings));
});

it('passes every option on to its part', () => {
  const manifests = manifestsOf('everything');
  const get = (kind: string, name: string) => find(manifests, kind, `full-${name}`);
  const storage = (name: string) => {
    const { storageClassName, resources } = get('PersistentVolumeClaim', name).spec;
    return [storageClassName, resources.requests.storage];
  };
  expect(storage('matrix-postgres-pvc')).toEqual(['block-storage', '100Gi']);
  expect(storage('matrix-synapse-data')).toEqual(['block-storage', '200Gi']);
  expect(storage('matrix-postgres-backup-pvc')).toEqual(['block-storage', '500Gi']);
  expect(storage('matrix-wal-receiver-pvc')[0]).toBe('block-storage');
  const schedules = ['matrix-backup', 'matrix-backup-prune', 'matrix-restore-drill', 'matrix-backup-dump'].map(
    (name) => get('CronJob', name).spec.schedule,
  );
  expect(schedules).toEqual(['30 3 * * *', '15 5 * * *', '0 6 * * 3', '0 7 1 * *']);
  const asked = (kind: string, name: string) => get(kind, name).spec.template.spec.containers[0].resources.requests.cpu;
  expect([
    asked('StatefulSet', 'matrix-postgres'),
    asked('Deployment', 'matrix-synapse'),
    asked('Deployment', 'matrix-edge'),
    asked('Deployment', 'matrix-discovery'),
  ]).toEqual(['1001m', '1002m', '1003m', '1004m']);
  const replicas = ['matrix-edge', 'matrix-discovery'].map((name) => get('Deployment', name).spec.replicas);
  expect(replicas).toEqual([3, 4]);
  const conf = get('ConfigMap', 'matrix-postgres-config').data['postgresql.conf'];
  expect(conf).toContain('full-matrix-wal-receiver');
  expect(conf).toContain("autovacuum_vacuum_cost_limit = '1000'");
  const yaml = get('ConfigMap', 'matrix-homeserver-oidc').data['homeserver.yaml'];
  for (const text of ['max_upload_size: 100M', 'dbname: matrix', 'user: matrix_user', 'turns:turn.', 'idp_id: inner']) {
    expect(yaml).toContain(text);
  }
  const documents = Object.values(get('ConfigMap', 'matrix-discovery-data').data).join();
  for (const text of [
    '"m.server": "federation.example.org:8448"',
    '"livekit_service_url": "https://calls.caritas.local/livekit/jwt"',
    '@admin:caritas.local',
    'https://caritas.local/help',
    'second.local',
    'max-age=300',
  ]) {
    expect(documents).toContain(text);
  }
  const { containers, volumes } = get('Deployment', 'matrix-synapse').spec.template.spec;
  expect(containers[0].args).toContain('/secrets/secret-config.yaml');
  expect(containers[0].ports.map(({ containerPort }: Manifest) => containerPort)).toEqual([
    8018, 8019, 9010, 9094, 9093,
  ]);
  expect(volumes.find(({ name }: Manifest) => name === 'secrets').projected.sources).toContainEqual({
    secret: { name: 'mail', items: [{ key: 'settings.yaml', path: 'secret-config.yaml' }] },
  });
  expect(manifests.some(({ kind }) => kind === 'ExternalSecret')).toBe(true);
});

it('applies the pod options to every pod', () => {
  const { template } = find(manifestsOf('everything'), 'Deployment', 'full-matrix-edge').spec;
  expect(template.metadata).toMatchObject({
    labels: { 'example.org/team': 'matrix', app: 'full-matrix-edge' },
    annotations: { 'example.org/note': 'yes' },
  });
  expect(template.spec).toMatchObject({
    tolerations: [{ key: 'example.org/matrix', operator: 'Exists', effect: 'NoSchedule' }],
    nodeSelector: { 'example.org/pool': 'matrix' },
    priorityClassName: 'matrix',
    imagePullSecrets: [{ name: 'registry-credentials' }],
  });
});

it.each<[string, Partial<MatrixChartProps>, boolean]>([
  ['beside the database when backups read the claims of both', {}, true],
  ['anywhere without backups', { backups: Backups.none() }, false],
])('puts Synapse %s', (_, props, beside) => {
  const { affinity } = find(synthesized(props), 'Deployment', 'matrix-synapse').spec.template.spec;
  expect(affinity).toEqual(beside ? besideAffinity({ app: 'matrix-postgres' }) : undefined);
});

it.each<[string, Partial<MatrixChartProps>, string]>([
  ['at the host of the base URL when nothing else is set', {}, 'matrix.caritas.local:443'],
  ['at its port when it has one', { publicBaseUrl: 'https://matrix.caritas.local:8443' }, 'matrix.caritas.local:8443'],
  [
    'at 443 when clients come without TLS',
    { publicBaseUrl: 'http://matrix.caritas.local' },
    'matrix.caritas.local:443',
  ],
  ['at federationHost when it is set', { federationHost: 'fed.example.org:8448' }, 'fed.example.org:8448'],
])('publishes its federation host %s', (_, props, server) => {
  const { data } = find(synthesized(props), 'ConfigMap', 'matrix-discovery-data');
  expect(JSON.parse(data['caritas.local.server.json'])).toEqual({ 'm.server': server });
});

describe('without a part', () => {
  it.each<[string, keyof MatrixChart, Partial<MatrixChartProps>, RegExp]>([
    ['Discovery.none()', 'discovery', { discovery: Discovery.none() }, /matrix-discovery|well-known\/matrix/],
    ['Accounts.none()', 'accounts', { accounts: Accounts.none() }, /matrix-accounts|matrix-admin/],
    [
      'Backups.none()',
      'backups',
      { backups: Backups.none() },
      /matrix-(backup|restore|postgres-backup)|repository_password|restic/,
    ],
  ])('%s leaves no trace of it in any object', (_, part, props, pattern) => {
    const named = (manifests: Manifest[]) =>
      manifests
        .flatMap((one) => textsOf(one.kind === 'ConfigMap' ? { ...one, data: madeData(one) } : one))
        .filter(({ text }) => pattern.test(text));
    expect(Reflect.get(chartOf(props), part)).toBeUndefined();
    expect(named(synthesized(props))).toEqual([]);
    // The pattern matches when the part is present.
    expect(named(synthesized())).not.toEqual([]);
  });

  it('has neither a StatefulSet nor database passwords when the database is managed elsewhere', () => {
    const props = { postgres: MANAGED };
    expect(chartOf(props).postgres.backup).toBeUndefined();
    expect(keysOf(props).filter((key) => /StatefulSet|matrix-postgres(?!-backup)|wal-receiver/.test(key))).toEqual([]);
    const plan = find(synthesized(props), 'ConfigMap', 'matrix-secrets').data['plan.json'];
    expect(plan).not.toMatch(/matrix-postgres-secret|POSTGRES_PASSWORD|BACKUP_PASSWORD/);
    expect(keysOf(props)).not.toContain('CronJob matrix-rotate-database');
  });

  it('backs up media, secrets and configuration when the database is managed elsewhere', () => {
    expect(chartOf({ postgres: MANAGED }).backups).toBeDefined();
    expect(keysOf({ postgres: MANAGED })).toContain('CronJob matrix-backup');
  });
});

/** The files of a ConfigMap that are generated from props, and not copied from lib. */
function madeData({ data }: Manifest): { [key: string]: string } {
  return Object.fromEntries(
    Object.entries<string>(data).filter(([key]) => /^(homeserver\.yaml|postgresql\.conf|.*\.json)$/.test(key)),
  );
}

it('creates the first administrator through the admin listener', () => {
  const props = { accounts: Accounts.managed({ adminUsername: 'root', unlimited: ['agency'] }) };
  const { accounts, edge, synapse } = chartOf(props);
  expect([accounts?.adminUsername, accounts?.adminPassword]).toEqual([
    'root',
    { secretName: 'matrix-admin-secret', key: 'password' },
  ]);
  const manifests = synthesized(props);
  const settings = JSON.parse(find(manifests, 'ConfigMap', 'matrix-accounts').data['settings.json']);
  expect(settings).toMatchObject({
    homeserver: `http://${edge.adminHost}:${edge.adminPort}`,
    administrator: 'root',
    unlimited: ['@agency:caritas.local'],
  });
  const job = manifests.find(({ kind, metadata }) => kind === 'Job' && metadata.name.startsWith('matrix-accounts'));
  const secrets = job?.spec.template.spec.volumes.find(({ name }: Manifest) => name === 'secrets').projected.sources;
  const { secretName, key } = synapse.secretFiles.registration_shared_secret;
  expect(secrets.map(({ secret }: Manifest) => [secret.name, secret.items[0].key])).toEqual([
    [secretName, key],
    ['matrix-admin-secret', 'password'],
  ]);
  const { ingress } = find(manifests, 'NetworkPolicy', 'matrix-edge').spec;
  expect(ingress).toContainEqual({
    from: [{ podSelector: { matchLabels: { app: 'matrix-accounts' } } }],
    ports: [{ port: 8010, protocol: 'TCP' }],
  });
});

it('renders a second system with a prefix in the same namespace', () => {
  const app = Testing.app();
  new MatrixChart(app, 'one', DEFAULT);
  new MatrixChart(app, 'two', { ...DEFAULT, serverName: 'two.local', namePrefix: 'two-' });
  expect(() => app.synthYaml()).not.toThrow();
});

it('accepts the same names in another namespace', () => {
  const app = Testing.app();
  new MatrixChart(app, 'one', DEFAULT);
  new MatrixChart(app, 'two', { ...DEFAULT, namespace: 'two' });
  expect(() => app.synthYaml()).not.toThrow();
});

it('fails when two systems in one namespace have the same names', () => {
  const app = Testing.app();
  new MatrixChart(app, 'one', DEFAULT);
  new MatrixChart(app, 'two', DEFAULT);
  expect(() => app.synthYaml()).toThrow('apps/Deployment caritas/matrix-synapse is declared twice');
  expect(() => app.synthYaml()).toThrow('set a namePrefix or another namespace');
});

it.each<[string, object, string, string]>([
  ['the namespace is not a name', { namespace: 'My_Space' }, "namespace 'My_Space'", 'lower-case letters'],
  ['the server name is an address', { serverName: '10.1.2.3' }, '"10.1.2.3"', 'use a domain'],
  ['the server name has upper case', { serverName: 'Caritas.local' }, '"Caritas.local"', 'use "caritas.local"'],
  ['the base URL has no scheme', { publicBaseUrl: 'caritas.local' }, "'caritas.local' has no scheme", 'use https'],
  [
    'the base URL has a path',
    { publicBaseUrl: 'https://caritas.local/matrix' },
    "publicBaseUrl 'https://caritas.local/matrix'",
    'only scheme, host and port',
  ],
  [
    'the federation host has no port',
    { federationHost: 'fed.example.org' },
    "federationHost 'fed.example.org'",
    'such as matrix.example.org:443',
  ],
  ['the prefix is too long', { namePrefix: 'p'.repeat(60) }, `namePrefix '${'p'.repeat(60)}'`, 'a prefix of at most'],
  ['the prefix has upper case', { namePrefix: 'Two-' }, "namePrefix 'Two-'", 'use lower-case letters'],
  [
    'clients would come from outside without TLS',
    () => ({
      publicBaseUrl: 'http://caritas.example.org',
      edge: {
        entry: Entry.ingress({ className: 'x', controller: Peer.namespace('x'), tls: EdgeTls.ofController() }),
      },
    }),
    "publicBaseUrl 'http://caritas.example.org' is without TLS",
    'use https://',
  ],
  [
    'no backup is kept',
    () => ({ backups: Backups.to(CLAIM, { keep: { daily: 0, weekly: 0, monthly: 0 } }) }),
    'keep must keep at least one backup, got 0',
    'use at least daily: 1',
  ],
  [
    'drills are too rare for what is kept',
    () => ({ backups: Backups.to(CLAIM, { schedules: { drill: Schedule.cron('0 6 1 1 *', Duration.days(366)) } }) }),
    "schedules.drill '0 6 1 1 *' leaves up to 366 days",
    'Use at least keep: { monthly: ',
  ],
  [
    'dumps are scheduled of a database that is managed elsewhere',
    () => ({ postgres: MANAGED, backups: Backups.to(CLAIM, { schedules: { dump: Schedule.daily('02:00') } }) }),
    "schedules.dump is '0 2 * * *', but",
    'leave it out',
  ],
  [
    'a recovery point objective is set for a database that is managed elsewhere',
    () => ({ postgres: MANAGED, backups: Backups.to(CLAIM, { recoveryPointObjective: Duration.seconds(60) }) }),
    'recoveryPointObjective is 60 s, but',
    'leave it out',
  ],
  [
    'the recovery point objective is too short',
    () => ({ backups: Backups.to(CLAIM, { recoveryPointObjective: Duration.seconds(10) }) }),
    'recoveryPointObjective must be whole seconds from 20 to 3600, got 10 s',
    'Duration.seconds(60)',
  ],
  [
    'the repository is never read as a whole',
    () => ({ backups: Backups.to(CLAIM, { fullCheckEvery: Duration.days(0) }) }),
    'fullCheckEvery must be 1 to 31 whole days, got 0',
    'Duration.days(7)',
  ],
  [
    'the database outgrows the claim of the backups',
    () => ({
      postgres: Postgres.inCluster({ storage: parseSize('60Gi') }),
      backups: Backups.to(CLAIM, { storage: parseSize('100Gi') }),
    }),
    'storage 100Gi of the backups is too small for a database of 60Gi',
    "parseSize('130Gi')",
  ],
  [
    'the store of backups has no TLS',
    () => ({ backups: Backups.to(BackupRepository.s3({ ...STORE, endpoint: 'http://s3.example.org' })) }),
    "endpoint 'http://s3.example.org'",
    'allowPlainHttp: true',
  ],
  [
    'the writer of an append-only repository is its pruner',
    () => ({
      backups: Backups.to(BackupRepository.s3({ ...STORE, appendOnly: true, pruneCredentials: STORE.credentials })),
    }),
    'credentials and pruneCredentials have the same accessKeyId',
    'pruneCredentials of another user',
  ],
  [
    'existing secrets lack the password of the administrator',
    () => ({ secrets: Secrets.existing(WITHOUT_ADMIN_PASSWORD) }),
    'Secrets.existing({...}) lacks adminPassword',
    'accounts: Accounts.none()',
  ],
  [
    'existing secrets have one that no part requests',
    () => ({ secrets: Secrets.existing(ALL_SECRETS), accounts: Accounts.none() }),
    "Secrets.existing({...}) has 'adminPassword'",
    'leave it out',
  ],
  [
    'existing secrets lack those of the database',
    () => ({
      secrets: Secrets.existing({ ...EXISTING_SECRETS, repositoryPassword: ALL_SECRETS.repositoryPassword }),
      accounts: Accounts.none(),
    }),
    'Secrets.existing({...}) lacks databasePassword, backupPassword',
    'add each',
  ],
  [
    'existing secrets lack one of Synapse',
    () => ({ secrets: Secrets.existing(WITHOUT_FORM_SECRET) }),
    'Secrets.existing({...}) lacks formSecret',
    'SecretKey.fromSecretName',
  ],
  [
    'earlier signing keys are in two places',
    () => ({ synapse: { config: HomeserverConfig.recommended().extend({ old_signing_keys: {} }) } }),
    "'old_signing_keys' would be lost",
    "under the key 'old-signing-keys.yaml'",
  ],
  [
    'accounts are to be made where passwords are off',
    () => ({ synapse: { config: HomeserverConfig.recommended().extend({ password_config: { enabled: false } }) } }),
    "homeserver setting 'password_config.enabled: false'",
    'accounts: Accounts.none()',
  ],
  [
    'nothing reads what the synthetic user measures',
    () => ({ syntheticUser: SyntheticUser.inCluster() }),
    'monitoring is Monitoring.none()',
    'Monitoring.prometheusOperator',
  ],
  [
    'the synthetic user has no administrator',
    () => ({ ...WATCHED, accounts: Accounts.none(), syntheticUser: SyntheticUser.inCluster() }),
    'there is no administrator',
    'accounts: Accounts.managed()',
  ],
  [
    'the synthetic user cannot log in with a password',
    () => ({
      ...WATCHED,
      accounts: Accounts.none(),
      syntheticUser: SyntheticUser.inCluster(),
      synapse: { config: HomeserverConfig.recommended().extend({ password_config: { enabled: false } }) },
    }),
    "homeserver setting 'password_config.enabled: false'",
    'syntheticUser: SyntheticUser.none()',
  ],
  [
    'the database is reserved',
    () => ({ postgres: Postgres.inCluster({ database: 'postgres' }) }),
    "database 'postgres' is not a valid name",
    'lower-case letters',
  ],
  [
    'the user is reserved',
    () => ({ postgres: Postgres.inCluster({ user: 'backup' }) }),
    "user 'backup' is not a valid name",
    'lower-case letters',
  ],
  [
    'WAL would never leave the synchronous receiver',
    () => ({ postgres: Postgres.inCluster({ synchronousReplication: true }), backups: Backups.none() }),
    'synchronousReplication is true',
    'add backups, or leave it out',
  ],
])('fails when %s', (_, props, value, remedy) => {
  const make = () => Testing.synth(chartOf(untyped(typeof props === 'function' ? props() : props)));
  expect(make).toThrow(value);
  expect(make).toThrow(remedy);
});

it('watches with a synthetic user only where it is asked for', () => {
  expect(chartOf(WATCHED).syntheticUser).toBeUndefined();
  const { syntheticUser } = chartOf({ ...WATCHED, syntheticUser: SyntheticUser.inCluster() });
  expect(syntheticUser?.monitored.part).toBe('synthetic-user');
});

it.each(['10GB', '10 Gi', '1e3', '0Gi', '-1Gi', '1.5Gi', '10gi'])('parseSize refuses %p', (text) => {
  expect(() => parseSize(text)).toThrow(`'${text}' is not a valid amount of memory or storage`);
});

it('accepts existing secrets for the in-cluster database, and then generates none', () => {
  const secrets = Secrets.existing(ALL_SECRETS);
  expect(chartOf({ secrets }).postgres.password).toBe(ALL_SECRETS.databasePassword);
  expect(keysOf({ secrets }).filter((key) => /secret|rotate/i.test(key))).toEqual([]);
});

it('accepts the same secrets for several systems', () => {
  const secrets = Secrets.existing(ALL_SECRETS);
  expect(() => [synthesized({ secrets }), synthesized({ secrets })]).not.toThrow();
});
