import { Duration, Testing } from 'cdk8s';
import {
  Backups,
  Monitoring,
  Peer,
  Postgres,
  Probes,
  type PrometheusOperatorOptions,
  Rules,
  SecretKey,
} from '../../lib';
import { groupsIn } from '../support/alerts';
import { find, keyOf, type Manifest } from '../support/manifests';
import { chartOf, manifestsOf } from '../support/systems';

const collector = Peer.pods({ 'app.kubernetes.io/name': 'prometheus' }, 'monitoring');
const rendered = (options: Partial<PrometheusOperatorOptions> = {}, props = {}): Manifest[] =>
  Testing.synth(chartOf({ ...props, monitoring: Monitoring.prometheusOperator({ collector, ...options }) }));
const alertsIn = (manifests: Manifest[]) => groupsIn(manifests).flatMap(({ rules }) => rules.map(({ alert }) => alert));

it('selects the pods of each port by their label, and names the process for dashboards', () => {
  expect(find(rendered(), 'PodMonitor', 'matrix-synapse').spec).toEqual({
    jobLabel: 'app',
    podTargetLabels: ['app'],
    selector: { matchLabels: { app: 'matrix-synapse' } },
    podMetricsEndpoints: [
      {
        port: 'metrics',
        path: '/_synapse/metrics',
        relabelings: [{ action: 'replace', targetLabel: 'index', replacement: '1' }],
      },
    ],
  });
});

it('names ports that the pods have', () => {
  const manifests = rendered();
  for (const { metadata, spec } of manifests.filter(({ kind }) => kind === 'PodMonitor')) {
    const workload = manifests.find(
      ({ kind, metadata: { name } }) => name === metadata.name && /Deployment|StatefulSet/.test(kind),
    );
    const ports = workload?.spec.template.spec.containers.flatMap((one: Manifest) => one.ports ?? []);
    expect(ports.map((one: Manifest) => one.name)).toContain(spec.podMetricsEndpoints[0].port);
  }
});

it('opens the ports to the collector only', () => {
  const from = { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'monitoring' } } };
  const open = rendered()
    .filter(({ kind, spec }) => kind === 'NetworkPolicy' && JSON.stringify(spec.ingress ?? []).includes('prometheus'))
    .map(({ metadata, spec }) => {
      const rule = spec.ingress.find((one: Manifest) => JSON.stringify(one).includes('prometheus'));
      expect(rule.from).toEqual([
        { ...from, podSelector: { matchLabels: { 'app.kubernetes.io/name': 'prometheus' } } },
      ]);
      return [metadata.name, ...rule.ports.map(({ port }: Manifest) => port)];
    });
  expect(open).toEqual([
    ['matrix-postgres', 9187],
    ['matrix-synapse', 9000],
    ['matrix-edge', 8404],
    ['matrix-backup-agent', 9090],
  ]);
});

it('labels every object so that a Prometheus that selects by label takes it, and cannot lose a label of the system', () => {
  const ours = rendered({ labels: { release: 'stack', app: 'other' }, probes: Probes.blackbox('blackbox:9115') });
  const kinds = ours.filter(({ apiVersion }) => apiVersion === 'monitoring.coreos.com/v1');
  expect([...new Set(kinds.map(({ kind }) => kind))].sort()).toEqual(['PodMonitor', 'Probe', 'PrometheusRule']);
  for (const { metadata } of kinds) {
    expect(metadata.labels).toMatchObject({ release: 'stack', app: metadata.name });
  }
});

it('probes the public URLs from outside, and alerts on them', () => {
  const manifests = rendered({ probes: Probes.blackbox('blackbox:9115', { module: 'https' }) });
  expect(find(manifests, 'Probe', 'matrix-probe-versions').spec).toEqual({
    jobName: 'matrix-probe-versions',
    module: 'https',
    prober: { url: 'blackbox:9115' },
    targets: { staticConfig: { static: ['https://matrix.caritas.local/_matrix/client/versions'] } },
  });
  expect(alertsIn(manifests)).toContain('MatrixCertificateEnds');
  expect(alertsIn(rendered())).not.toContain('MatrixCertificateEnds');
});

it('reads at an interval', () => {
  const manifests = rendered({ interval: Duration.seconds(15) });
  expect(find(manifests, 'PodMonitor', 'matrix-edge').spec.podMetricsEndpoints[0].interval).toBe('15s');
});

it.each([Duration.millis(1500), Duration.seconds(0)])('fails when the interval is not whole seconds', (interval) => {
  expect(() => rendered({ interval })).toThrow('interval must be whole seconds from 1');
  expect(() => rendered({ interval })).toThrow('Duration.seconds(30)');
});

it('has no alerts of a part that is absent', () => {
  const all = groupsIn(rendered()).map(({ name }) => name);
  expect(all).toEqual(['matrix-edge', 'matrix-synapse', 'matrix-postgres', 'matrix-backups']);
  const credentials = SecretKey.fromSecretName('db', 'password');
  const postgres = Postgres.external({ host: 'db.example.org', credentials });
  const few = groupsIn(rendered({}, { postgres, backups: Backups.none() })).map(({ name }) => name);
  expect(few).toEqual(['matrix-edge', 'matrix-synapse']);
});

it('leaves alerts out, one or all', () => {
  const rules = Rules.recommended({ without: ['MatrixPushFailing'] });
  expect(alertsIn(rendered({ rules }))).not.toContain('MatrixPushFailing');
  expect(rendered({ rules: Rules.none() }).map(keyOf)).not.toContain('PrometheusRule matrix-alerts');
});

it('names everything with the prefix of the system', () => {
  const names = manifestsOf('everything')
    .filter(({ apiVersion }) => apiVersion === 'monitoring.coreos.com/v1')
    .map(({ metadata }) => metadata.name);
  expect(names.filter((name) => !name.startsWith('full-'))).toEqual([]);
});
