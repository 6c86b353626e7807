import { LivekitEntry } from '../../../lib';
import { livekitWith } from '../../support/livekit';

it('opens node ports of the same numbers, on the node of the pod only', () => {
  const { rendered } = livekitWith();
  const { type, externalTrafficPolicy, ports } = rendered('Service', 'livekit-media').spec;
  expect([type, externalTrafficPolicy]).toEqual(['NodePort', 'Local']);
  expect(ports).toEqual([
    { name: 'rtc-udp', port: 30002, targetPort: 'rtc-udp', protocol: 'UDP', nodePort: 30002 },
    { name: 'rtc-tcp', port: 30001, targetPort: 'rtc-tcp', protocol: 'TCP', nodePort: 30001 },
  ]);
  expect(rendered('Service', 'livekit').spec).toMatchObject({ type: 'ClusterIP', ports: [{ port: 7880 }] });
});

it('asks for a load balancer', () => {
  const annotations = { 'example.org/pool': 'calls' };
  const entry = LivekitEntry.loadBalancer({ publicAddress: '203.0.113.7', annotations, loadBalancerClass: 'l4' });
  const { metadata, spec } = livekitWith({ entry }).rendered('Service', 'livekit-media');
  expect(metadata.annotations).toEqual(annotations);
  expect(spec).toMatchObject({ type: 'LoadBalancer', loadBalancerClass: 'l4' });
  expect(spec.ports[0]).toEqual({ name: 'rtc-udp', port: 7882, targetPort: 'rtc-udp', protocol: 'UDP' });
});
