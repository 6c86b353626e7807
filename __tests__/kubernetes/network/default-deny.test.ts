import { DefaultDeny } from '../../../lib/kubernetes/network/default-deny';
import { emptyChart, renderedIn } from '../../support/parts';
import { refusals } from '../../support/schemas';

it('selects every pod of its system, and none of another, and allows nothing in either direction', () => {
  const chart = emptyChart();
  new DefaultDeny(chart, 'Deny', { app: 'second-matrix-default-deny', component: 'network', namePrefix: 'second-' });
  const manifest = renderedIn(chart, 'NetworkPolicy', 'second-matrix-default-deny');
  expect(refusals(manifest)).toEqual([]);
  expect(manifest.spec).toEqual({
    podSelector: {
      matchLabels: { 'app.kubernetes.io/instance': 'second-matrix', 'app.kubernetes.io/part-of': 'matrix' },
    },
    policyTypes: ['Ingress', 'Egress'],
  });
});
