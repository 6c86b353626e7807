import { resources } from '../../lib/kubernetes/workloads/resources';
import { StaticPages } from '../../lib/web-client/static-pages';
import { emptyChart, renderedIn, systemIn } from '../support/parts';

const IMAGE = { name: 'pages', reference: 'registry.example.org/pages:1', uid: 101 };

function rendered() {
  const chart = emptyChart();
  const system = systemIn(chart);
  const pages = new StaticPages(chart, 'Pages', {
    system,
    workload: system.labels('pages', 'web-client'),
    image: IMAGE,
    container: 'pages',
    portName: 'http-pages',
    config: { brand: 'Own' },
    headers: { 'X-One': "'self'" },
    replicas: 2,
    resources: resources(10, 16, 64),
  });
  return { pages, get: (kind: string) => renderedIn(chart, kind, 'pages') };
}

it('serves config.json and headers, also on errors', () => {
  const { data } = rendered().get('ConfigMap');
  expect(JSON.parse(data['config.json'])).toEqual({ brand: 'Own' });
  expect(data['headers.conf']).toBe("add_header X-One '\\'self\\'' always;\n");
});

it('serves them at the port of its Service', () => {
  const { pages, get } = rendered();
  expect([pages.host, pages.port]).toEqual(['pages', 8087]);
  expect(get('Service').spec.ports).toEqual([{ name: 'http-pages', port: 8087, targetPort: 'http-pages' }]);
  expect(get('Deployment').spec.replicas).toBe(2);
});

it('connects to nothing', () => {
  const { spec } = rendered().get('NetworkPolicy');
  expect([spec.ingress, spec.egress]).toEqual([undefined, undefined]);
});
