import { Testing } from 'cdk8s';
import { CallClient, Calls, LivekitEntry } from '../../../lib';
import { emptyChart, systemIn } from '../../support/parts';
import { chartOf, OPTIONS } from '../../support/systems';

const SERVICE = 'https://calls.example.org/livekit/jwt';

it('renders the page, or nothing', () => {
  const chart = emptyChart();
  const system = systemIn(chart);
  expect(CallClient.none()._render(chart, 'None', system, SERVICE)).toBeUndefined();
  const page = CallClient.element({ host: 'call.example.org', embeddedBy: ['https://element.example.org'] });
  expect(page._render(chart, 'Page', system, SERVICE)?.site.host).toBe('call.example.org');
});

it('is served at its host by the edge, beside the calls', () => {
  const callClient = CallClient.element({ host: 'call.caritas.local', embeddedBy: ['https://element.caritas.local'] });
  const calls = Calls.livekit({ host: 'calls.caritas.local', entry: LivekitEntry.nodePorts(), callClient });
  const manifests = Testing.synth(chartOf({ edge: { entry: OPTIONS.edge.entry }, calls }));
  const routes = JSON.stringify(manifests.filter(({ kind }) => kind === 'HTTPRoute'));
  expect(routes).toContain('"call.caritas.local"');
  expect(routes).toContain('"calls.caritas.local"');
});
