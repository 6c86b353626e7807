import { LivekitEntry, Peer } from '../../../lib';
import { livekitWith } from '../../support/livekit';
import type { Manifest } from '../../support/manifests';

const ports = (rules: Manifest[] = []) => rules.map((rule) => rule.ports.map(({ port }: Manifest) => port).join());

it('minimal: one pod, which others find by these results', () => {
  const { livekit, rendered } = livekitWith();
  expect(livekit).toMatchObject({
    publicUrl: 'wss://calls.example.org/livekit/sfu',
    host: 'livekit',
    apiHost: 'livekit-api',
    apiPort: 7880,
    apiKeyName: 'matrix',
    apiSecret: { secretName: 'livekit-secret', key: 'api_secret' },
  });
  expect(rendered('Deployment', 'livekit').spec).toMatchObject({ replicas: 1, strategy: { type: 'Recreate' } });
});

it('answers the token service before clients, who would find no rooms after a restart', () => {
  const { rendered } = livekitWith();
  expect(rendered('Service', 'livekit-api').spec.publishNotReadyAddresses).toBe(true);
  expect(rendered('Service', 'livekit').spec.publishNotReadyAddresses).toBeUndefined();
});

it('reaches nothing but DNS; anyone reaches the media, and only allowed clients the API and the metrics', () => {
  const { livekit, rendered } = livekitWith();
  livekit.allowApiFrom(Peer.pods({ app: 'edge' }));
  livekit.allowMetricsFrom(Peer.namespace('monitoring'));
  const { ingress, egress } = rendered('NetworkPolicy', 'livekit').spec;
  expect(ports(ingress)).toEqual(['30002,30001', '7880', '6789']);
  expect(ports(egress)).toEqual(['53,53,5353,5353']);
});

it('lets the relay reach only the media port of its own address', () => {
  const entry = LivekitEntry.nodePorts({ publicAddress: '203.0.113.7' });
  const { rendered } = livekitWith({ entry, relayPort: 30004 });
  const [, toAddress, toSelf] = rendered('NetworkPolicy', 'livekit').spec.egress;
  expect(toAddress).toEqual({
    to: [{ ipBlock: { cidr: '203.0.113.7/32' } }],
    ports: [{ port: 30002, protocol: 'UDP' }],
  });
  expect(toSelf.to).toEqual([{ podSelector: { matchLabels: expect.objectContaining({ app: 'livekit' }) } }]);
});

it('fails when props do not fit together', () => {
  expect(() => livekitWith({ relayPort: 30004 })).toThrow('relayPort 30004 needs the address of the SFU');
});
