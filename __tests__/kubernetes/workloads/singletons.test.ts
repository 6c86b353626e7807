import { Chart, Testing } from 'cdk8s';
import { k8s } from '../../../lib/kubernetes/k8s';
import { CONFIG_HASH, configHash, DEFAULT_CONTAINER } from '../../../lib/kubernetes/metadata/config-hash';
import { patchField } from '../../../lib/kubernetes/metadata/objects';
import { checkSingle, renderSingle } from '../../../lib/kubernetes/workloads/singleton-deployment';
import { emptyChart, renderedIn } from '../../support/parts';

const POD = { selector: {}, template: {} };

/** Synthesizes a workload of one pod with patches. */
function patched(kind: string, patches: { [pointer: string]: unknown }, namespace?: string): () => unknown {
  const chart = new Chart(Testing.app(), 'chart', { namespace });
  const metadata = { name: 'one' };
  checkSingle(
    kind === 'Deployment'
      ? new k8s.KubeDeployment(chart, 'Pod', {
          metadata,
          spec: { ...POD, replicas: 1, strategy: { type: 'Recreate' } },
        })
      : new k8s.KubeStatefulSet(chart, 'Pod', { metadata, spec: { ...POD, replicas: 1, serviceName: 'one' } }),
    'scale by workers',
  );
  for (const [pointer, value] of Object.entries(patches)) {
    patchField(chart, kind, 'one', pointer, value);
  }
  return () => Testing.synth(chart);
}

it.each([
  ['Deployment', {}],
  ['StatefulSet', {}],
  // While it is away.
  ['Deployment', { '/spec/replicas': 0 }],
  ['StatefulSet', { '/spec/replicas': 0 }],
  ['Deployment', { '/spec/paused': true }],
])('%s with %j is one process at most', (kind, patches) => {
  expect(patched(kind, patches)).not.toThrow();
});

it.each<[string, object, string]>([
  ['Deployment', { '/spec/replicas': 2 }, '2 replicas'],
  ['StatefulSet', { '/spec/replicas': 2 }, '2 replicas'],
  ['Deployment', { '/spec/strategy': { type: 'RollingUpdate' } }, '1 replicas and strategy RollingUpdate'],
  // Kubernetes would roll.
  ['Deployment', { '/spec/strategy': {} }, '1 replicas and strategy undefined'],
])('fails when %s is patched with %j', (kind, patches, what) => {
  expect(patched(kind, { ...patches }, 'caritas')).toThrow(
    `${kind} 'one' in caritas has ${what}; two of them on the same data corrupt it: scale by workers`,
  );
});

it('names a chart without a namespace too', () => {
  expect(patched('StatefulSet', { '/spec/replicas': 3 })).toThrow("StatefulSet 'one' in no namespace has 3 replicas");
});

describe('a Deployment of one pod', () => {
  const IDENTITY = { app: 'second-matrix-synapse', component: 'homeserver', namePrefix: 'second-' };
  const SPEC: k8s.PodSpec = { containers: [{ name: 'synapse', image: 'example.org/synapse:v1' }] };

  const FILES = { 'homeserver.yaml': 'report_stats: false\n' };

  function rendered() {
    const chart = emptyChart();
    renderSingle(chart, IDENTITY, FILES, SPEC, ', and scale by workers');
    return renderedIn(chart, 'Deployment', IDENTITY.app);
  }

  it('is one process, and the old one ends before the new one starts', () => {
    const { replicas, strategy } = rendered().spec;
    expect([replicas, strategy]).toEqual([1, { type: 'Recreate' }]);
  });

  it('may take a quarter of an hour: a new version changes the database first', () => {
    expect(rendered().spec).toMatchObject({ progressDeadlineSeconds: 900, revisionHistoryLimit: 3 });
  });

  it('runs the pod that it was given, anew when its files change', () => {
    const { metadata, spec } = rendered().spec.template;
    expect(metadata.annotations).toEqual({ [CONFIG_HASH]: configHash(FILES), [DEFAULT_CONTAINER]: 'synapse' });
    expect(spec).toEqual(SPEC);
  });

  it('selects by the name alone, and says more of itself and its pods', () => {
    const { metadata, spec } = rendered();
    expect(spec.selector).toEqual({ matchLabels: { app: 'second-matrix-synapse' } });
    expect(metadata.name).toBe('second-matrix-synapse');
    expect(spec.template.metadata.labels).toEqual(metadata.labels);
    expect(metadata.labels).toMatchObject({
      app: 'second-matrix-synapse',
      'app.kubernetes.io/component': 'homeserver',
      'app.kubernetes.io/instance': 'second-matrix',
    });
  });

  it('fails when a patch makes it two for a moment', () => {
    const chart = emptyChart();
    renderSingle(chart, IDENTITY, FILES, SPEC);
    patchField(chart, 'Deployment', IDENTITY.app, '/spec/strategy', { type: 'RollingUpdate' });
    expect(() => Testing.synth(chart)).toThrow(
      'strategy RollingUpdate; two of them on the same data corrupt it: leave 1 and Recreate',
    );
  });
});
