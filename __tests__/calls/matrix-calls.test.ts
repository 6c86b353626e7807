import { LivekitEntry, MatrixCalls } from '../../lib';
import { emptyChart, renderedIn, synapseIn, systemIn } from '../support/parts';

it('serves participants at one host, and lets the SFU reach the token service', () => {
  const chart = emptyChart();
  const homeserver = synapseIn(chart, { membershipLookup: true });
  const props = { system: systemIn(chart), homeserver, host: 'calls.example.org', entry: LivekitEntry.nodePorts() };
  const { livekit, tokenService, sites } = new MatrixCalls(chart, 'Calls', props);
  expect(sites.map(({ host }) => host)).toEqual(['calls.example.org']);
  const webhook = `http://${tokenService.host}:${tokenService.port}/sfu_webhook`;
  expect(renderedIn(chart, 'ConfigMap', 'livekit-config').data['livekit.yaml']).toContain(webhook);
  const { ingress } = renderedIn(chart, 'NetworkPolicy', tokenService.host).spec;
  expect(JSON.stringify(ingress)).toContain(`"app":"${livekit.host}"`);
});
