import { Calls, LivekitEntry } from '../../lib';
import { emptyChart, synapseIn, systemIn } from '../support/parts';

it('renders the SFU, or nothing', () => {
  const chart = emptyChart();
  const system = systemIn(chart);
  const homeserver = synapseIn(chart, { membershipLookup: true });
  expect(Calls.none()._render(chart, 'None', system, homeserver)).toBeUndefined();
  expect(Calls.none()._serviceUrl).toBeUndefined();
  const calls = Calls.livekit({ host: 'calls.example.org', entry: LivekitEntry.nodePorts() });
  const rendered = calls._render(chart, 'Calls', system, homeserver);
  expect(rendered?.livekit.publicUrl).toBe('wss://calls.example.org/livekit/sfu');
  expect(calls._serviceUrl).toBe('https://calls.example.org/livekit/jwt');
});
