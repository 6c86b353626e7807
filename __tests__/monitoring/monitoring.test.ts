import { Testing } from 'cdk8s';
import { Monitoring, Peer } from '../../lib';
import { keyOf } from '../support/manifests';
import { chartOf } from '../support/systems';

const collector = Peer.namespace('observability');
const keys = (monitoring: Monitoring) => Testing.synth(chartOf({ monitoring })).map(keyOf);

it('by the operator: adds monitors and rules, and nothing else', () => {
  const added = keys(Monitoring.prometheusOperator({ collector })).filter(
    (key) => !keys(Monitoring.none()).includes(key),
  );
  expect(added).toEqual([
    'PodMonitor matrix-edge',
    'PodMonitor matrix-synapse',
    'PodMonitor matrix-postgres',
    'PodMonitor matrix-backup-agent',
    'PrometheusRule matrix-alerts',
  ]);
});

it('by annotations: adds the file with the alerts', () => {
  const added = keys(Monitoring.annotations({ collector })).filter((key) => !keys(Monitoring.none()).includes(key));
  expect(added).toEqual(['ConfigMap matrix-alerts']);
});

it('none is the default', () => {
  expect(keys(Monitoring.none())).toEqual(Testing.synth(chartOf()).map(keyOf));
});
