import { Duration, Testing } from 'cdk8s';
import {
  Discovery,
  Federation,
  type IMatrixEdge,
  type IPeer,
  MatrixSyntheticUser,
  type MatrixSyntheticUserProps,
  Peer,
  SecretKey,
  Secrets,
  type SystemProps,
} from '../../lib';
import { find, type Manifest, workloadsOf } from '../support/manifests';
import { emptyChart, synapseIn, systemIn } from '../support/parts';

const CONTROLLER = Peer.pods({ app: 'traefik' }, 'kube-system');
const SECRETS = Secrets.existing({
  syntheticUserPassword: SecretKey.fromSecretName('vault', 'password'),
  signingKey: SecretKey.fromSecretName('vault', 'signing.key'),
  registrationSharedSecret: SecretKey.fromSecretName('vault', 'registration'),
  macaroonSecretKey: SecretKey.fromSecretName('vault', 'macaroon'),
  formSecret: SecretKey.fromSecretName('vault', 'form'),
});

function rendered(props: Partial<MatrixSyntheticUserProps> = {}, systemProps: Partial<SystemProps> = {}, turn = false) {
  const chart = emptyChart();
  const system = systemIn(chart, { secrets: SECRETS, ...systemProps });
  const admins: IPeer[] = [];
  const edge: IMatrixEdge = {
    adminHost: 'matrix-synapse-admin',
    adminPort: 8008,
    controller: CONTROLLER,
    allowAdminFrom: (admin) => void admins.push(admin),
  };
  const sharedSecret = SecretKey.fromSecretName('turn', 'secret');
  const homeserver = synapseIn(chart, {
    federation: turn ? Federation.OPEN : undefined,
    turn: turn ? { uris: ['turns:turn.example.org'], sharedSecret } : undefined,
  });
  const administrator = { username: 'matrix-admin', password: SecretKey.fromSecretName('admin', 'password') };
  const user = new MatrixSyntheticUser(chart, 'SyntheticUser', { system, homeserver, edge, administrator, ...props });
  const manifests: Manifest[] = Testing.synth(chart);
  const settings = (name: string) => JSON.parse(find(manifests, 'ConfigMap', name).data['settings.json']);
  const podOf = (kind: string) =>
    workloadsOf(manifests).find(({ manifest }) => manifest.kind === kind && /synthetic/.test(manifest.metadata.name))
      ?.template.spec;
  return { chart, user, manifests, settings, podOf, admins };
}

it('minimal: asks what every system has', () => {
  const { user, settings } = rendered();
  expect(settings('matrix-synthetic-user')).toEqual({
    homeserver: 'https://matrix.example.org',
    relaysCalls: false,
    users: ['matrix-synthetic-user-1', 'matrix-synthetic-user-2'],
    interval: 60,
    passwordFile: '/secrets/password',
    port: 9090,
  });
  expect(user.monitored.part).toBe('synthetic-user');
  expect(user.monitored.ports.map(({ port }) => port)).toEqual([{ name: 'metrics', number: 9090 }]);
});

it('all props: renders them', () => {
  const { settings, podOf } = rendered(
    {
      address: 'traefik.kube-system:443',
      peer: CONTROLLER,
      port: 8443,
      caCertificates: SecretKey.fromSecretName('private-ca', 'ca.crt'),
      username: 'watcher',
      interval: Duration.seconds(20),
    },
    {},
    true,
  );
  expect(settings('matrix-synthetic-user')).toMatchObject({
    federation: 'https://matrix.example.org:443/_matrix/federation/v1/version',
    address: 'traefik.kube-system:443',
    relaysCalls: true,
    users: ['watcher-1', 'watcher-2'],
    interval: 20,
    caFile: '/secrets/ca.crt',
  });
  const { sources } = podOf('Deployment').volumes.find(({ name }: Manifest) => name === 'secrets').projected;
  expect(sources.map(({ secret }: Manifest) => secret.name)).toEqual(['vault', 'private-ca']);
});

it('asks discovery at the server name, where it is served', () => {
  const chart = emptyChart();
  const discovery = Discovery.served()._render(chart, 'Discovery', systemIn(chart));
  const { settings } = rendered({ discovery });
  expect(settings('matrix-synthetic-user').wellKnown).toBe('https://example.org/.well-known/matrix/client');
});

it('gives the administrator password and the admin API to the keeper only', () => {
  const { podOf, admins, settings, manifests } = rendered();
  const secretsOf = (kind: string) =>
    podOf(kind)
      .volumes.find(({ name }: Manifest) => name === 'secrets')
      .projected.sources.map(({ secret }: Manifest) => secret.name);
  expect(secretsOf('Deployment')).toEqual(['vault']);
  expect(secretsOf('Job')).toEqual(['admin', 'vault']);
  expect(secretsOf('CronJob')).toEqual(['admin', 'vault']);
  expect(admins.map(({ peer }) => peer.key)).toEqual(['matrix-synthetic-keeper']);
  expect(settings('matrix-synthetic-keeper')).toMatchObject({
    homeserver: 'http://matrix-synapse-admin:8008',
    administrator: 'matrix-admin',
  });
  expect(podOf('Deployment').automountServiceAccountToken).toBe(false);
  expect(find(manifests, 'NetworkPolicy', 'matrix-synthetic-user').spec.ingress).toBeUndefined();
});

it('lets only the collector read what it measures', () => {
  const { user, chart } = rendered();
  user.allowMetricsFrom(Peer.pods({ app: 'prometheus' }, 'monitoring'));
  const { ingress } = find(Testing.synth(chart), 'NetworkPolicy', 'matrix-synthetic-user').spec;
  expect(ingress).toEqual([
    {
      from: [
        {
          podSelector: { matchLabels: { app: 'prometheus' } },
          namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'monitoring' } },
        },
      ],
      ports: [{ port: 9090, protocol: 'TCP' }],
    },
  ]);
});

it.each<[string, Partial<MatrixSyntheticUserProps>, string, string]>([
  ['the name is not valid', { username: 'Watcher' }, "username of syntheticUser 'Watcher-1'", 'lower-case letters'],
  ['there is no administrator', { administrator: undefined }, 'no administrator', 'Accounts.managed()'],
  ['it would load the server', { interval: Duration.seconds(1) }, 'got 1 s', 'leave it out for a minute'],
])('fails when %s', (_, props, value, remedy) => {
  expect(() => rendered(props)).toThrow(value);
  expect(() => rendered(props)).toThrow(remedy);
});
