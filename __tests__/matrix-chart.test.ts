import { Duration, Testing } from 'cdk8s';
import {
  BackupRepository,
  HomeserverConfig,
  MatrixChart,
  type MatrixChartProps,
  MatrixSecrets,
  parseSize,
  SecretKey,
} from '../lib';
import { besideAffinity } from '../lib/kubernetes/workloads/affinity';
import { valuesOf } from './support/backups';
import { find, keyOf, type Manifest } from './support/manifests';
import { ALL_SECRETS, external, untyped } from './support/parts';
import { chartOf, DEFAULT, EXISTING_SECRETS, manifestsOf } from './support/systems';

const { formSecret, ...WITHOUT_FORM_SECRET } = EXISTING_SECRETS;
const STORE = {
  endpoint: 'https://s3.example.org',
  bucket: 'backups',
  credentials: { accessKeyId: SecretKey.of('s3', 'id'), secretAccessKey: SecretKey.of('s3', 'key') },
};
const keysOf = (props: Partial<MatrixChartProps>) => (Testing.synth(chartOf(props)) as Manifest[]).map(keyOf);

it('minimal: all parts, wired together', () => {
  const { secrets, postgres, synapse, discovery, edge, backups } = chartOf();
  expect(secrets.signingKey.secretName).toBe('matrix-signing-key');
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
});

it('every prop arrives', () => {
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
  const prune = get('CronJob', 'matrix-backup-prune').spec.jobTemplate.spec.template.spec.containers[0];
  expect(valuesOf(prune)).toMatchObject({
    RESTIC_REPOSITORY: 's3:https://minio.storage:9000/backups/matrix/production',
    KEEP_DAILY: '14',
    KEEP_WEEKLY: '8',
    KEEP_MONTHLY: '12',
    CHECK_DAYS: '14',
  });
  const agent = get('Deployment', 'matrix-backup-agent').spec.template.spec.containers[0];
  expect(valuesOf(agent).RECOVERY_POINT).toBe('30');
  expect(get('ConfigMap', 'matrix-postgres-config').data['postgresql.conf']).toContain('full-matrix-wal-receiver');
  const yaml = get('ConfigMap', 'matrix-homeserver-oidc').data['homeserver.yaml'];
  for (const text of ['max_upload_size: 100M', 'dbname: matrix', 'user: matrix_user', 'turns:turn.', 'idp_id: inner']) {
    expect(yaml).toContain(text);
  }
  const documents = Object.values(get('ConfigMap', 'matrix-discovery-data').data).join();
  for (const text of [
    '"m.server": "federation.example.org:8448"',
    'rtc_foci',
    '@admin:caritas.local',
    'https://caritas.local/help',
    'second.local',
  ]) {
    expect(documents).toContain(text);
  }
  const { containers, volumes } = get('Deployment', 'matrix-synapse').spec.template.spec;
  expect(containers[0].args).toContain('/secrets/secret-config.yaml');
  expect(volumes.find(({ name }: Manifest) => name === 'secrets').projected.sources).toContainEqual({
    secret: { name: 'mail', items: [{ key: 'settings.yaml', path: 'secret-config.yaml' }] },
  });
  expect(manifests.some(({ kind }) => kind === 'ExternalSecret')).toBe(true);
});

it.each<[string, Partial<MatrixChartProps>, boolean]>([
  ['sits beside the database where backups read the claims of both', {}, true],
  ['goes where it likes without backups', { withBackups: false }, false],
  ['goes where it likes when the database is managed elsewhere', { postgres: external() }, false],
])('Synapse %s', (_, props, beside) => {
  const { affinity } = find(Testing.synth(chartOf(props)), 'Deployment', 'matrix-synapse').spec.template.spec;
  expect(affinity).toEqual(beside ? besideAffinity({ app: 'matrix-postgres' }) : undefined);
});

it('other servers reach this one at the host of the base URL, unless another one is named', () => {
  const documentOf = (props: Partial<MatrixChartProps>) =>
    JSON.parse(
      find(Testing.synth(chartOf(props)), 'ConfigMap', 'matrix-discovery-data').data['caritas.local.server.json'],
    );
  expect(documentOf({})).toEqual({ 'm.server': 'matrix.caritas.local:443' });
  expect(documentOf({ federationHost: 'fed.example.org:8448' })).toEqual({ 'm.server': 'fed.example.org:8448' });
});

it('a managed database brings no StatefulSet, no password of ours and no backups', () => {
  const chart = chartOf({ postgres: external() });
  expect([chart.backups, chart.secrets.databasePassword]).toEqual([undefined, undefined]);
  const keys = keysOf({ postgres: external() });
  expect(keys.filter((key) => /StatefulSet|postgres|matrix-(backup|restore)/.test(key))).toEqual([]);
});

it.each([
  ['discovery', { withDiscovery: false }, /discovery/],
  ['backups', { withBackups: false }, /backup|restore/],
])('%s can be left out, and then nothing of it is there', (part, props, pattern) => {
  expect(Reflect.get(chartOf(props), part)).toBeUndefined();
  expect(keysOf(props).filter((key) => pattern.test(key))).toEqual([]);
});

it('the first administrator is made through the door for administrators, and no other secret opens it', () => {
  const { accounts, edge, secrets } = chartOf({ adminUsername: 'root', serviceAccounts: ['agency'] });
  expect([accounts?.adminUsername, accounts?.adminPassword]).toEqual(['root', secrets.adminPassword]);
  const manifests: Manifest[] = Testing.synth(chartOf({ adminUsername: 'root', serviceAccounts: ['agency'] }));
  const job = manifests.find(({ kind, metadata }) => kind === 'Job' && metadata.name.startsWith('matrix-accounts'));
  expect(valuesOf(job?.spec.template.spec.containers[0])).toMatchObject({
    HOMESERVER: `http://${edge.adminHost}:${edge.adminPort}`,
    ADMIN: 'root',
    SERVICE_ACCOUNTS: '@agency:caritas.local',
  });
  const { ingress } = find(manifests, 'NetworkPolicy', 'matrix-edge').spec;
  expect(ingress).toContainEqual({
    from: [{ podSelector: { matchLabels: { app: 'matrix-accounts' } } }],
    ports: [{ port: 8010, protocol: 'TCP' }],
  });
});

it.each<[string, Partial<MatrixChartProps>]>([
  ['they are not wanted', { withAccounts: false }],
  ['existing secrets have no password for them', { secrets: MatrixSecrets.existing(ALL_SECRETS) }],
])('no account is made when %s', (_, props) => {
  expect(chartOf(props).accounts).toBeUndefined();
  expect(keysOf(props).filter((key) => /accounts|admin-secret/.test(key))).toEqual([]);
});

it('a second system in one namespace has objects of its own', () => {
  const app = Testing.app();
  new MatrixChart(app, 'one', DEFAULT);
  new MatrixChart(app, 'two', { ...DEFAULT, serverName: 'two.local', namePrefix: 'two-' });
  expect(() => app.synthYaml()).not.toThrow();
});

it('one system in each of two namespaces may have the same names', () => {
  const app = Testing.app();
  new MatrixChart(app, 'one', DEFAULT);
  new MatrixChart(app, 'two', { ...DEFAULT, namespace: 'two' });
  expect(() => app.synthYaml()).not.toThrow();
});

it('fails when two systems of one namespace have the same names', () => {
  const app = Testing.app();
  new MatrixChart(app, 'one', DEFAULT);
  new MatrixChart(app, 'two', DEFAULT);
  expect(() => app.synthYaml()).toThrow('apps/Deployment caritas/matrix-synapse is made twice');
  expect(() => app.synthYaml()).toThrow('give one of the two systems a namePrefix or another namespace');
});

it.each<[string, object, string, string]>([
  ['the server name is an address', { serverName: '10.1.2.3' }, '"10.1.2.3"', 'write a domain'],
  ['the server name has upper case', { serverName: 'Caritas.local' }, '"Caritas.local"', 'write "caritas.local"'],
  ['the server name is missing', { serverName: undefined }, 'server_name is', 'such as example.org'],
  [
    'the base URL has no scheme',
    { publicBaseUrl: 'caritas.local' },
    "'caritas.local' has no scheme",
    'write it as https',
  ],
  ['the prefix is too long', { namePrefix: 'p'.repeat(60) }, `namePrefix '${'p'.repeat(60)}'`, 'a prefix of at most'],
  ['the prefix has upper case', { namePrefix: 'Two-' }, "namePrefix 'Two-'", 'use lower-case letters'],
  ['the schedule does not parse', { backupSchedule: '0 25 * * *' }, "schedule '0 25 * * *'", '0 2 * * *'],
  [
    'no backup is kept',
    { keepDaily: 0, keepWeekly: 0, keepMonthly: 0 },
    'keepDaily 0, keepWeekly 0 and keepMonthly 0 keep no backup',
    'at least keepDaily: 1',
  ],
  ['drills are too rare', { drillSchedule: '@yearly' }, "drill schedule '@yearly'", 'keepMonthly: '],
  ['two jobs meet', { dumpSchedule: '0 2 * * *' }, "and dumpSchedule '0 2 * * *' both run", 'for dumpSchedule'],
  ['log is late', { recoveryPoint: Duration.seconds(10) }, 'recoveryPoint 10 s', 'from 20 to 3600'],
  ['nothing is read', { checkDays: 0 }, 'checkDays 0', 'write 1 to 31'],
  ['the database outgrows the claim', { databaseStorage: parseSize('60Gi') }, 'storage 50Gi', "parseSize('130Gi')"],
  [
    'the store of backups has no TLS',
    () => ({ backupRepository: BackupRepository.s3({ ...STORE, endpoint: 'http://s3.example.org' }) }),
    "endpoint 'http://s3.example.org'",
    'allowPlainHttp: true',
  ],
  [
    'who makes sets is who forgets them',
    () => ({
      backupRepository: BackupRepository.s3({ ...STORE, appendOnly: true, pruneCredentials: STORE.credentials }),
    }),
    'credentials and pruneCredentials have the same accessKeyId',
    'Write pruneCredentials of another user',
  ],
  [
    'existing secrets lack the password of the backups',
    { secrets: MatrixSecrets.existing({ ...ALL_SECRETS, repositoryPassword: undefined }) },
    'backups need repositoryPassword',
    'add it to MatrixSecrets.existing({...})',
  ],
  [
    'existing secrets lack the password of the administrator who is named',
    { secrets: MatrixSecrets.existing(ALL_SECRETS), adminUsername: 'root' },
    'accounts need adminPassword',
    'add it to MatrixSecrets.existing({...})',
  ],
  [
    'accounts are named and not wanted',
    { withAccounts: false, serviceAccounts: ['agency'] },
    'serviceAccounts is given, but withAccounts is false',
    'leave one of them out',
  ],
  [
    'earlier signing keys are in two places',
    () => ({ config: HomeserverConfig.platform().extend({ old_signing_keys: {} }) }),
    "'old_signing_keys' would be lost",
    "under the key 'old-signing-keys.yaml'",
  ],
  ['the secret settings are text', { secretConfig: 'email: {}' }, 'secretConfig was given as text', 'SecretKey.of'],
  ['media storage is text', { mediaStorage: '10GB' }, '"10GB" is no Size', "parseSize('10Gi')"],
  ['database storage is text', { databaseStorage: '10 Gi' }, '"10 Gi" is no Size', "parseSize('10Gi')"],
  ['backup storage is text', { backupStorage: '1e3' }, '"1e3" is no Size', "parseSize('10Gi')"],
  ['the database is reserved', { database: 'postgres' }, "database 'postgres' cannot be used", 'write lower-case'],
  ['the user is reserved', { databaseUser: 'backup' }, "user 'backup' cannot be used", 'write lower-case'],
  [
    'backups are wanted of a managed database',
    { postgres: external(), withBackups: true },
    'withBackups is true, but the database is managed elsewhere',
    'leave withBackups out',
  ],
  [
    'existing secrets lack those of the database',
    { secrets: MatrixSecrets.existing(EXISTING_SECRETS) },
    'needs databasePassword and backupPassword',
    'add them to MatrixSecrets.existing({...})',
  ],
  [
    'existing secrets lack one of Synapse',
    { postgres: external(), secrets: MatrixSecrets.existing(untyped(WITHOUT_FORM_SECRET)) },
    'formSecret',
    'SecretKey.of',
  ],
])('fails when %s', (_, props, value, remedy) => {
  const make = () => Testing.synth(chartOf(untyped(typeof props === 'function' ? props() : props)));
  expect(make).toThrow(value);
  expect(make).toThrow(remedy);
});

it.each(['10GB', '10 Gi', '1e3', '0Gi', '-1Gi', '1.5Gi', '10gi'])('parseSize refuses %p', (text) => {
  expect(() => parseSize(text)).toThrow(`'${text}' is no amount of memory or storage: write a whole number`);
});

it('existing secrets serve the in-cluster database too', () => {
  const secrets = MatrixSecrets.existing(ALL_SECRETS);
  expect(chartOf({ secrets }).postgres.password).toBe(ALL_SECRETS.databasePassword);
  expect(keysOf({ secrets }).filter((key) => /secret/i.test(key))).toEqual([]);
});
