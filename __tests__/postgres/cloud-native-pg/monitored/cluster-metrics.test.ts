import { Monitoring, Peer, Postgres } from '../../../../lib';
import { renderedIn } from '../../../support/parts';
import { chartOf } from '../../../support/systems';

const collector = Peer.namespace('monitoring');
const postgres = Postgres.cloudNativePg();

it('is found by a PodMonitor with the labels of the pods, and not with the name that the operator keeps', () => {
  const chart = chartOf({ postgres, monitoring: Monitoring.prometheusOperator({ collector }) });
  const { selector, podMetricsEndpoints } = renderedIn(chart, 'PodMonitor', 'matrix-database-server').spec;
  const { spec } = renderedIn(chart, 'Cluster', 'matrix-database');
  expect(spec.inheritedMetadata.labels).toMatchObject(selector.matchLabels);
  expect(podMetricsEndpoints).toEqual([expect.objectContaining({ port: 'metrics' })]);
});

it('is found by the annotations that the operator hands on to the pods', () => {
  const chart = chartOf({ postgres, monitoring: Monitoring.annotations({ collector }) });
  expect(renderedIn(chart, 'Cluster', 'matrix-database').spec.inheritedMetadata.annotations).toMatchObject({
    'prometheus.io/scrape': 'true',
    'prometheus.io/port': '9187',
  });
});
