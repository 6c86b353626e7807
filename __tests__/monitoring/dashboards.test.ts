import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Testing } from 'cdk8s';
import { Backups, Dashboards, Monitoring, Peer } from '../../lib';
import { find, keyOf, type Manifest } from '../support/manifests';
import { chartOf } from '../support/systems';

const collector = Peer.namespace('observability');
const rendered = (dashboards?: Dashboards, props = {}): Manifest[] =>
  Testing.synth(chartOf({ ...props, monitoring: Monitoring.prometheusOperator({ collector, dashboards }) }));
const named = (manifests: Manifest[]) => manifests.map(keyOf).filter((key) => key.includes('dashboard'));

it('renders a ConfigMap for the overview and for each part, which the sidecar of Grafana finds', () => {
  const manifests = rendered(Dashboards.configMaps());
  expect(named(manifests)).toEqual(
    ['overview', 'edge', 'synapse', 'postgres', 'backups'].map((name) => `ConfigMap matrix-dashboard-${name}`),
  );
  const { metadata, data } = find(manifests, 'ConfigMap', 'matrix-dashboard-overview');
  expect(metadata.labels.grafana_dashboard).toBe('1');
  const file = readFileSync(join(__dirname, '../../dashboards/overview.json'), 'utf8');
  expect(data).toEqual({ 'matrix-overview.json': file });
});

it('has no dashboard of a part that is absent', () => {
  const keys = named(rendered(Dashboards.configMaps(), { backups: Backups.none() }));
  expect(keys).not.toContain('ConfigMap matrix-dashboard-backups');
});

it('carries other labels and a folder', () => {
  const dashboards = Dashboards.configMaps({ labels: { dashboards: 'yes' }, annotations: { folder: 'Chat' } });
  const { metadata } = find(rendered(dashboards), 'ConfigMap', 'matrix-dashboard-synapse');
  expect(metadata.labels).toMatchObject({ dashboards: 'yes', app: 'matrix-dashboard-synapse' });
  expect(metadata.labels.grafana_dashboard).toBeUndefined();
  expect(metadata.annotations).toEqual({ folder: 'Chat' });
});

it.each([Dashboards.none(), undefined])('has none by default, because few collectors bring Grafana', (dashboards) => {
  expect(named(rendered(dashboards))).toEqual([]);
});
