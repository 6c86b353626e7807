import { Testing } from 'cdk8s';
import { EdgeTls, Entry, MatrixWebClient, type MatrixWebClientProps, Peer, WebClient } from '../../lib';
import { find } from '../support/manifests';
import { emptyChart, systemIn } from '../support/parts';
import { chartOf } from '../support/systems';

const entry = Entry.ingress({
  className: 'traefik',
  controller: Peer.namespace('ingress'),
  tls: EdgeTls.ofController(),
});
const url = 'https://element.example.org';

function rendered(props: Partial<MatrixWebClientProps> = {}) {
  const chart = emptyChart();
  const client = new MatrixWebClient(chart, 'WebClient', { system: systemIn(chart), url, ...props });
  const manifests = Testing.synth(chart);
  return { client, get: (kind: string) => find(manifests, kind, 'element') };
}

it('is the Service element on port 8087, as in the original', () => {
  const { client, get } = rendered();
  expect([client.host, client.port]).toEqual(['element', 8087]);
  expect(get('Service').spec.ports).toEqual([{ name: 'http-element', port: 8087, targetPort: 'http-element' }]);
});

it('runs two pods, of which one may be drained', () => {
  const { get } = rendered();
  expect(get('Deployment').spec.replicas).toBe(2);
  expect(get('PodDisruptionBudget').spec.maxUnavailable).toBe(1);
});

it('connects to nothing, and lets nothing in but what is allowed', () => {
  const { spec } = rendered().get('NetworkPolicy');
  expect([spec.ingress, spec.egress]).toEqual([undefined, undefined]);
});

it('is served at its host by the edge', () => {
  const manifests = Testing.synth(
    chartOf({ edge: { entry }, webClient: WebClient.element({ url: 'https://element.caritas.local' }) }),
  );
  const ingresses = manifests.filter(({ kind }) => kind === 'Ingress');
  expect(JSON.stringify(ingresses)).toContain('element.caritas.local');
  expect(find(manifests, 'NetworkPolicy', 'element').spec.ingress[0].from[0].podSelector.matchLabels).toEqual({
    app: 'matrix-edge',
  });
});

it.each<[string, object, string]>([
  ['the edge has no entry', { webClient: WebClient.element({ url }) }, 'Entry.ingress({…})'],
  [
    'the host is that of the homeserver',
    {
      edge: { entry },
      webClient: WebClient.element({ url: 'https://matrix.caritas.local' }),
    },
    'use another one',
  ],
])('fails when %s', (_, props, remedy) => {
  expect(() => chartOf(props)).toThrow(remedy);
});
