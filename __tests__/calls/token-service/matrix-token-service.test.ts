import { Duration, Testing } from 'cdk8s';
import {
  CallIdentity,
  FederatedUsers,
  type MatrixTokenServiceProps,
  Peer,
  Scaling,
  type System,
  Traffic,
  Workers,
} from '../../../lib';
import { resources } from '../../../lib/kubernetes/workloads/resources';
import { find } from '../../support/manifests';
import { emptyChart, synapseIn } from '../../support/parts';
import { sfuIn, tokenServiceIn } from '../../support/token-service';

function rendered(props: Partial<MatrixTokenServiceProps> = {}) {
  const chart = emptyChart();
  const service = tokenServiceIn(chart, props);
  const manifests = Testing.synth(chart);
  const of = (kind: string) => find(manifests, kind, 'livekit-token-service');
  return { chart, service, manifests, of, settings: JSON.parse(of('ConfigMap').data['settings.json']) };
}

it('minimal: two pods that know only the own server', () => {
  const { service, of, settings } = rendered();
  expect(settings).toEqual({
    port: 3010,
    metricsPort: 9090,
    addressHops: 1,
    homeserverUrl: 'http://matrix-synapse-main:8008',
    servers: { 'example.org': { openIdUrl: 'http://matrix-synapse-main:8009', publishes: true } },
    livekitUrl: 'wss://calls.example.org/livekit/sfu',
    livekitApiUrl: 'http://livekit-api:7880',
    livekitKeyName: 'matrix',
    secretsFolder: '/secrets',
    identity: 'user-and-device',
    tokenLifetime: 120,
    openIdReuse: 300,
  });
  expect([service.host, service.port]).toEqual(['livekit-token-service', 3010]);
  expect(of('Service').spec.ports).toEqual([{ name: 'http-tokens', port: 3010, targetPort: 'http-tokens' }]);
  expect(of('Deployment').spec.replicas).toBe(2);
  expect(of('PodDisruptionBudget').spec.maxUnavailable).toBe(1);
});

it('all props: renders them', () => {
  const other = { serverName: 'other.org', url: 'https://matrix.other.org:8443' };
  const { of, settings } = rendered({
    federatedUsers: FederatedUsers.listen(other),
    identity: CallIdentity.DEVICE,
    tokenLifetime: Duration.minutes(5),
    openIdReuse: Duration.hours(1),
    replicas: 3,
    resources: resources(20, 100, 200),
  });
  expect(settings.servers['other.org']).toEqual({ openIdUrl: other.url, publishes: false });
  expect(settings).toMatchObject({ identity: 'device', tokenLifetime: 300, openIdReuse: 3600 });
  const { replicas, template } = of('Deployment').spec;
  expect([replicas, template.spec.containers[0].resources.limits.memory]).toEqual([3, '200Mi']);
  expect(JSON.stringify(of('NetworkPolicy').spec.egress)).toContain('8443');
});

it('reaches names, Synapse and the SFU, and nothing else', () => {
  const { chart, service } = rendered();
  const mine = Traffic.connections(chart).filter(({ from }) => from.key === service.peer.key);
  const reached = mine.map(({ to, ports }) => [to.key, ports.map(({ number }) => number)]);
  expect(reached.sort()).toEqual([
    ['dns', [53, 53, 5353, 5353]],
    ['livekit', [7880]],
    ['matrix-synapse', [8008, 8009]],
  ]);
});

it('lets a collector read the metrics', () => {
  const chart = emptyChart();
  const service = tokenServiceIn(chart);
  service.allowMetricsFrom(Peer.namespace('monitoring'));
  const [port] = service.monitored.ports;
  expect(port.port.number).toBe(9090);
  const policy = find(Testing.synth(chart), 'NetworkPolicy', 'livekit-token-service');
  expect(JSON.stringify(policy.spec.ingress)).toContain('9090');
});

it('has the token by which Synapse, and each worker, lets it ask, and no other', () => {
  const chart = emptyChart();
  const homeserver = synapseIn(chart, { membershipLookup: true, workers: Workers.of({ sync: Scaling.fixed(1) }) });
  tokenServiceIn(chart, { homeserver });
  const manifests = Testing.synth(chart);
  const pod = find(manifests, 'Deployment', 'livekit-token-service').spec.template.spec;
  const [config, secrets] = pod.volumes;
  expect(config.configMap.name).toBe('livekit-token-service');
  expect(secrets.projected.sources.map(({ secret }: { secret: object }) => secret)).toEqual([
    { name: 'livekit', items: [{ key: 'secret', path: 'livekit_secret' }] },
    { name: 'matrix-membership-lookup-secret', items: [{ key: 'as_token', path: 'as_token' }] },
  ]);
  for (const name of ['matrix-synapse', 'matrix-synapse-sync']) {
    const { command, args } = find(manifests, 'Deployment', name).spec.template.spec.containers[0];
    expect(command).toContain('/config/register_lookup.py');
    expect(args).toContain('/registrations/settings.yaml');
  }
});

it.each<[string, (scope: System) => Partial<MatrixTokenServiceProps>, string]>([
  [
    'a token lives too long',
    () => ({ tokenLifetime: Duration.hours(1) }),
    'must be whole seconds from 30 to 300, got 3600',
  ],
  ['an OpenID token could be used for ever', () => ({ openIdReuse: Duration.days(1) }), 'from 10 to 3600, got 86400'],
  ['no pod is wanted', () => ({ replicas: 0 }), 'replicas of the token service must be a whole number from 1'],
  [
    'the own server is named as another',
    () => ({ federatedUsers: FederatedUsers.full({ serverName: 'example.org', url: 'https://example.org' }) }),
    "is this server's own name",
  ],
])('fails when %s', (_, props, message) => {
  const chart = emptyChart();
  expect(() => tokenServiceIn(chart, props(undefined as never))).toThrow(message);
});

it('fails when the homeserver would not answer', () => {
  const chart = emptyChart();
  expect(() => tokenServiceIn(chart, { homeserver: synapseIn(chart), livekit: sfuIn(chart) })).toThrow(
    'set membershipLookup: true of MatrixSynapse',
  );
});
