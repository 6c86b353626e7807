import { MatrixCallClient, type MatrixCallClientProps } from '../../../lib';
import { emptyChart, renderedIn, systemIn } from '../../support/parts';

function rendered(props: Partial<MatrixCallClientProps> = {}) {
  const chart = emptyChart();
  const client = new MatrixCallClient(chart, 'CallClient', {
    system: systemIn(chart),
    serviceUrl: 'https://calls.example.org/livekit/jwt',
    host: 'call.example.org',
    embeddedBy: ['https://element.example.org/'],
    ...props,
  });
  return { client, get: (kind: string) => renderedIn(chart, kind, 'element-call') };
}

it('runs two pods, of which one may be drained', () => {
  const { get } = rendered();
  expect(get('Deployment').spec.replicas).toBe(2);
  expect(get('PodDisruptionBudget').spec.maxUnavailable).toBe(1);
});

it('is served as a whole at its host', () => {
  const { site } = rendered().client;
  expect(site).toMatchObject({ host: 'call.example.org', routes: [{ path: '/', server: { host: 'element-call' } }] });
});

it('can be shown by the clients that are named', () => {
  expect(rendered().get('ConfigMap').data['headers.conf']).toContain('frame-ancestors https://element.example.org;');
});

it.each([
  [[], 'embeddedBy of CallClient.element is empty'],
  [['element.example.org'], "embeddedBy of CallClient.element 'element.example.org' has no scheme"],
])('fails when no page could show it: %j', (embeddedBy, message) => {
  expect(() => rendered({ embeddedBy })).toThrow(message);
});
