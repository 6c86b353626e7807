import { Testing } from 'cdk8s';
import type { k8s } from '../../../lib/kubernetes/k8s';
import { CONFIG_HASH, configHash } from '../../../lib/kubernetes/metadata/config-hash';
import {
  checkedReplicas,
  renderDisruptionBudget,
  renderReplicas,
} from '../../../lib/kubernetes/workloads/rolling-deployment';
import { keyOf } from '../../support/manifests';
import { emptyChart, renderedIn } from '../../support/parts';

const POD: k8s.PodSpec = { containers: [{ name: 'haproxy', image: 'example.org/haproxy:3.0' }] };
const FILES = { 'haproxy.cfg': 'global\n' };

function rendered(replicas: number) {
  const chart = emptyChart();
  const identity = { app: 'matrix-edge', component: 'edge' };
  renderReplicas(chart, identity, replicas, FILES, POD);
  renderDisruptionBudget(chart, identity, replicas);
  return chart;
}

it('never has fewer pods than it should while it is updated or nodes are drained', () => {
  const chart = rendered(2);
  const { replicas, strategy } = renderedIn(chart, 'Deployment', 'matrix-edge').spec;
  expect([replicas, strategy.rollingUpdate]).toEqual([2, { maxUnavailable: 0 }]);
  expect(renderedIn(chart, 'PodDisruptionBudget', 'matrix-edge').spec.maxUnavailable).toBe(1);
});

it('has no budget when it is one: that would stop every drain', () => {
  expect(Testing.synth(rendered(1)).map(keyOf)).toEqual(['Deployment matrix-edge']);
});

it('runs the pod that it was given, anew when its files change', () => {
  const { metadata, spec } = renderedIn(rendered(2), 'Deployment', 'matrix-edge').spec.template;
  expect(metadata.annotations).toEqual({ [CONFIG_HASH]: configHash(FILES) });
  expect(spec).toEqual(POD);
});

it.each([0, -1, 1.5])('fails when there are %s of them', (replicas) => {
  expect(() => checkedReplicas('replicas', replicas, 2)).toThrow(
    `replicas must be a whole number from 1, got ${replicas}: leave it out for 2`,
  );
});
