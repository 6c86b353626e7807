import { Testing } from 'cdk8s';
import type { k8s } from '../../../lib/kubernetes/k8s';
import { CONFIG_HASH, configHash } from '../../../lib/kubernetes/metadata/config-hash';
import {
  checkedReplicas,
  PRE_STOP_DELAY,
  RollingDeployment,
} from '../../../lib/kubernetes/workloads/rolling-deployment';
import { keyOf } from '../../support/manifests';
import { configMapIn, emptyChart, renderedIn, untyped } from '../../support/parts';
import { refusals } from '../../support/schemas';

const POD: k8s.PodSpec = {
  containers: [{ name: 'haproxy', image: 'example.org/haproxy:3.0', lifecycle: PRE_STOP_DELAY }],
};
const FILES = { 'haproxy.cfg': 'global\n' };

function rendered(replicas: number, files: { [name: string]: string } = FILES) {
  const chart = emptyChart();
  const workload = { app: 'second-matrix-edge', component: 'edge', namePrefix: 'second-' };
  const configMaps = [configMapIn(chart, files)];
  new RollingDeployment(chart, 'Default', { workload, replicas, configMaps, pod: POD });
  expect(Testing.synth(chart).flatMap(refusals)).toEqual([]);
  return {
    keys: Testing.synth(chart).map(keyOf),
    deployment: renderedIn(chart, 'Deployment', 'second-matrix-edge'),
    budget: () => renderedIn(chart, 'PodDisruptionBudget', 'second-matrix-edge'),
  };
}

it('keeps its number of pods during updates, and drains nodes one pod at a time', () => {
  const { deployment, budget } = rendered(2);
  const { replicas, strategy } = deployment.spec;
  const rollingUpdate = { maxSurge: 1, maxUnavailable: 0 };
  expect([replicas, strategy]).toEqual([2, { type: 'RollingUpdate', rollingUpdate }]);
  expect(budget().spec).toEqual({
    maxUnavailable: 1,
    selector: { matchLabels: { app: 'second-matrix-edge' } },
    // A broken pod must not block a drain.
    unhealthyPodEvictionPolicy: 'AlwaysAllow',
  });
});

it('has no PodDisruptionBudget for a single pod, because it would block every drain', () => {
  expect(rendered(1).keys).toEqual(['ConfigMap config', 'Deployment second-matrix-edge']);
});

it('runs the given pod, and restarts it when its ConfigMap changes', () => {
  const { metadata, spec } = rendered(2).deployment.spec.template;
  expect(metadata.annotations).toEqual({ [CONFIG_HASH]: configHash([configMapIn(emptyChart(), FILES)]) });
  expect(spec).toEqual(POD);
  expect(rendered(2, { 'haproxy.cfg': 'defaults\n' }).deployment.spec.template.metadata).not.toEqual(metadata);
});

it('selects only by app, and has all labels on itself, its pods and its budget', () => {
  const { deployment, budget } = rendered(2);
  expect(deployment.spec.selector).toEqual({ matchLabels: { app: 'second-matrix-edge' } });
  expect(deployment.metadata.labels).toMatchObject({
    'app.kubernetes.io/component': 'edge',
    'app.kubernetes.io/instance': 'second-matrix',
  });
  expect(deployment.spec.template.metadata.labels).toEqual(deployment.metadata.labels);
  expect(budget().metadata.labels).toEqual(deployment.metadata.labels);
});

it('keeps a pod serving until every node has dropped its endpoint', () => {
  expect(rendered(1).deployment.spec.template.spec.containers[0].lifecycle.preStop.exec.command).toEqual([
    'sleep',
    '5',
  ]);
});

it.each([1, 2, 100])('accepts %i replicas', (replicas) => {
  expect(checkedReplicas('replicas', replicas, 2)).toBe(replicas);
});

it.each([0, -1, 1.5, Number.NaN, '2', undefined])('refuses %p replicas', (replicas) => {
  const check = () => checkedReplicas('replicas of the edge', untyped(replicas), 2);
  expect(check).toThrow(`replicas of the edge must be a whole number from 1, got ${replicas}`);
  expect(check).toThrow('leave it out for 2');
});
