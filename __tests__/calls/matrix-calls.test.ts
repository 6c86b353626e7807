import { LivekitEntry, MatrixCalls } from '../../lib';
import { emptyChart, renderedIn, synapseIn, systemIn } from '../support/parts';

it('serves participants at one host, and never what administers the SFU', () => {
  const chart = emptyChart();
  const homeserver = synapseIn(chart, { membershipLookup: true });
  const props = { system: systemIn(chart), homeserver, host: 'calls.example.org', entry: LivekitEntry.nodePorts() };
  const { livekit, tokenService, sites } = new MatrixCalls(chart, 'Calls', props);
  expect(sites).toHaveLength(1);
  expect(sites[0]).toMatchObject({
    host: 'calls.example.org',
    routes: [
      {
        path: '/livekit/sfu/rtc',
        stripPrefix: '/livekit/sfu',
        webSockets: true,
        server: { host: 'livekit', port: 7880 },
      },
      { path: '/livekit/jwt', stripPrefix: '/livekit/jwt', server: { host: 'livekit-token-service', port: 3010 } },
    ],
  });
  const webhook = `http://${tokenService.host}:${tokenService.port}/sfu_webhook`;
  expect(renderedIn(chart, 'ConfigMap', 'livekit-config').data['livekit.yaml']).toContain(webhook);
  const { ingress } = renderedIn(chart, 'NetworkPolicy', tokenService.host).spec;
  expect(JSON.stringify(ingress)).toContain(`"app":"${livekit.host}"`);
});
