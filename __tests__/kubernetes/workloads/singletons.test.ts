import { Chart, Testing } from 'cdk8s';
import type { k8s } from '../../../lib/kubernetes/k8s';
import { CONFIG_HASH, configHash, DEFAULT_CONTAINER } from '../../../lib/kubernetes/metadata/config-hash';
import type { WorkloadLabels } from '../../../lib/kubernetes/metadata/labels';
import { patchField } from '../../../lib/kubernetes/metadata/objects';
import { SingletonDeployment, SingletonStatefulSet } from '../../../lib/kubernetes/workloads/singletons';
import { configMapIn, emptyChart, renderedIn } from '../../support/parts';
import { refusals } from '../../support/schemas';

const WORKLOAD = { app: 'second-matrix-synapse', component: 'homeserver', namePrefix: 'second-' };
const POD: k8s.PodSpec = { containers: [{ name: 'synapse', image: 'example.org/synapse:v1' }] };
const FILES = { 'homeserver.yaml': 'report_stats: false\n' };
const HASH = configHash([configMapIn(emptyChart(), FILES)]);

type Kind = 'Deployment' | 'StatefulSet';

interface Props {
  readonly workload?: WorkloadLabels;
  readonly serviceName?: string;
  readonly standsBy?: () => boolean;
}

function add(chart: Chart, kind: Kind, { workload = WORKLOAD, serviceName, standsBy }: Props = {}) {
  const configMaps = [configMapIn(chart, FILES)];
  const pod = () => POD;
  return kind === 'Deployment'
    ? new SingletonDeployment(chart, 'Default', {
        workload,
        configMaps,
        pod: POD,
        remedy: ', and scale by workers',
        standsBy,
      })
    : new SingletonStatefulSet(chart, 'Default', {
        workload,
        serviceName,
        configMaps,
        pod,
        remedy: 'and scale by workers',
      });
}

function rendered(kind: Kind, props: Props = {}) {
  const chart = emptyChart();
  add(chart, kind, props);
  const manifest = renderedIn(chart, kind, WORKLOAD.app);
  expect(refusals(manifest)).toEqual([]);
  return manifest;
}

/** Synthesizes a workload of one pod with patches. */
function patched(kind: Kind, patches: { [pointer: string]: unknown }, namespace?: string): () => unknown {
  const chart = new Chart(Testing.app(), 'chart', { namespace });
  add(chart, kind);
  for (const [pointer, value] of Object.entries(patches)) {
    patchField(chart, kind, WORKLOAD.app, pointer, value);
  }
  return () => Testing.synth(chart);
}

it.each<[Kind, object]>([
  ['Deployment', {}],
  ['StatefulSet', {}],
  // Scaled down for maintenance.
  ['Deployment', { '/spec/replicas': 0 }],
  ['StatefulSet', { '/spec/replicas': 0 }],
  ['Deployment', { '/spec/paused': true }],
])('accepts a %s with %j, which has at most one pod', (kind, patches) => {
  expect(patched(kind, { ...patches })).not.toThrow();
});

it.each<[Kind, object, string]>([
  ['Deployment', { '/spec/replicas': 2 }, '2 replicas'],
  ['StatefulSet', { '/spec/replicas': 2 }, '2 replicas'],
  ['Deployment', { '/spec/strategy': { type: 'RollingUpdate' } }, '1 replicas and strategy RollingUpdate'],
  // The default of Kubernetes is RollingUpdate.
  ['Deployment', { '/spec/strategy': {} }, '1 replicas and strategy undefined'],
])('refuses a %s that is patched with %j', (kind, patches, what) => {
  const synth = patched(kind, { ...patches }, 'caritas');
  expect(synth).toThrow(`${kind} 'second-matrix-synapse' in caritas has ${what};`);
  expect(synth).toThrow(/leave 1.*and scale by workers/);
});

it('fails in a chart without a namespace too', () => {
  expect(patched('StatefulSet', { '/spec/replicas': 3 })).toThrow(
    "StatefulSet 'second-matrix-synapse' in no namespace has 3 replicas",
  );
});

describe.each<Kind>(['Deployment', 'StatefulSet'])('a %s of one pod', (kind) => {
  it('runs the given pod, and restarts it when its ConfigMap changes', () => {
    const { replicas, template } = rendered(kind).spec;
    expect(replicas).toBe(1);
    expect(template.metadata.annotations).toEqual({ [CONFIG_HASH]: HASH, [DEFAULT_CONTAINER]: 'synapse' });
    expect(template.spec).toEqual(POD);
  });

  it('restarts its pod when a patch changes its ConfigMap', () => {
    const chart = emptyChart();
    add(chart, kind);
    patchField(chart, 'ConfigMap', 'config', '/data/homeserver.yaml', 'report_stats: true\n');
    const { annotations } = renderedIn(chart, kind, WORKLOAD.app).spec.template.metadata;
    expect(annotations[CONFIG_HASH]).not.toBe(HASH);
  });

  it('selects only by app, and has all labels on itself and its pods', () => {
    const { metadata, spec } = rendered(kind);
    expect(spec.selector).toEqual({ matchLabels: { app: 'second-matrix-synapse' } });
    expect(metadata.name).toBe('second-matrix-synapse');
    expect(spec.template.metadata.labels).toEqual(metadata.labels);
    expect(metadata.labels).toMatchObject({
      app: 'second-matrix-synapse',
      'app.kubernetes.io/component': 'homeserver',
      'app.kubernetes.io/instance': 'second-matrix',
    });
  });

  it('adds additional labels and annotations to its pods', () => {
    const workload = { ...WORKLOAD, podLabels: { team: 'chat' }, podAnnotations: { note: 'x' } };
    const { metadata, spec } = rendered(kind, { workload });
    expect(spec.template.metadata.labels).toEqual({ ...metadata.labels, team: 'chat' });
    expect(spec.template.metadata.annotations).toMatchObject({ note: 'x', [DEFAULT_CONTAINER]: 'synapse' });
    expect(metadata.labels).not.toHaveProperty('team');
  });
});

it('a Deployment ends the old pod before it starts the new one', () => {
  expect(rendered('Deployment').spec.strategy).toEqual({ type: 'Recreate' });
});

it('a Deployment whose program stands by starts the new pod before it ends the old one', () => {
  const rollingUpdate = { maxSurge: 1, maxUnavailable: 0 };
  expect(rendered('Deployment', { standsBy: () => true }).spec.strategy).toMatchObject({
    type: 'RollingUpdate',
    rollingUpdate,
  });
});

it('a Deployment has 15 minutes to become ready, because a new version may migrate the database', () => {
  expect(rendered('Deployment').spec).toMatchObject({ progressDeadlineSeconds: 900, revisionHistoryLimit: 3 });
});

it('a Deployment may omit the advice on scaling', () => {
  const chart = emptyChart();
  new SingletonDeployment(chart, 'Default', { workload: WORKLOAD, configMaps: [], pod: POD });
  patchField(chart, 'Deployment', WORKLOAD.app, '/spec/replicas', 2);
  expect(() => Testing.synth(chart)).toThrow(/leave 1 and Recreate$/);
});

it('a StatefulSet uses the given Service, or by default one of its own name', () => {
  expect(rendered('StatefulSet').spec.serviceName).toBe('second-matrix-synapse');
  expect(rendered('StatefulSet', { serviceName: 'matrix-postgres-service' }).spec.serviceName).toBe(
    'matrix-postgres-service',
  );
});

it('a StatefulSet reads its pod at synthesis', () => {
  const chart = emptyChart();
  let image = 'example.org/synapse:v1';
  const pod = () => ({ containers: [{ name: 'synapse', image }] });
  new SingletonStatefulSet(chart, 'Default', { workload: WORKLOAD, configMaps: [], pod, remedy: 'and no more' });
  image = 'example.org/synapse:v2';
  const { template } = renderedIn(chart, 'StatefulSet', WORKLOAD.app).spec;
  expect(template.spec.containers[0].image).toBe('example.org/synapse:v2');
});
