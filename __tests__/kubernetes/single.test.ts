import { Chart, Testing } from 'cdk8s';
import { k8s } from '../../lib/kubernetes/k8s';
import { patchField } from '../../lib/kubernetes/objects';
import { checkSingle } from '../../lib/kubernetes/single';

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
