import { Testing } from 'cdk8s';
import { parse } from 'yaml';
import { Monitoring, type MonitoringOptions, Peer, Rules } from '../../lib';
import { groupsIn } from '../support/alerts';
import { find, keyOf, type Manifest } from '../support/manifests';
import { chartOf } from '../support/systems';

const collector = Peer.namespace('observability');
const rendered = (options: Partial<MonitoringOptions> = {}): Manifest[] =>
  Testing.synth(chartOf({ monitoring: Monitoring.annotations({ collector, ...options }) }));

it.each([
  ['Deployment', 'matrix-synapse', '9000', '/_synapse/metrics'],
  ['Deployment', 'matrix-edge', '8404', '/metrics'],
  ['StatefulSet', 'matrix-postgres', '9187', '/metrics'],
  ['Deployment', 'matrix-backup-agent', '9090', '/metrics'],
])('annotates the pods of %s %s with their port', (kind, name, port, path) => {
  expect(find(rendered(), kind, name).spec.template.metadata.annotations).toMatchObject({
    'prometheus.io/scrape': 'true',
    'prometheus.io/port': port,
    'prometheus.io/path': path,
  });
});

it('opens the ports to the collector', () => {
  const { ingress } = find(rendered(), 'NetworkPolicy', 'matrix-synapse').spec;
  expect(JSON.stringify(ingress)).toContain('observability');
});

it('has the alerts that the operator would get, as a file for Prometheus', () => {
  const { data } = find(rendered(), 'ConfigMap', 'matrix-alerts');
  const operator = Testing.synth(chartOf({ monitoring: Monitoring.prometheusOperator({ collector }) }));
  expect(parse(data['matrix-alerts.yaml'])).toEqual({ groups: groupsIn(operator) });
});

it('has no file without alerts', () => {
  expect(rendered({ rules: Rules.none() }).map(keyOf)).not.toContain('ConfigMap matrix-alerts');
});
