import { Testing } from 'cdk8s';
import { MatrixTurn, TurnEntry } from '../../../lib';
import type { Manifest } from '../../support/manifests';
import { emptyChart, systemIn } from '../../support/parts';

function services(entry: TurnEntry, calls: number): Manifest[] {
  const chart = emptyChart();
  new MatrixTurn(chart, 'Turn', { system: systemIn(chart), host: 'turn.example.org', entry, calls });
  return Testing.synth(chart).filter(({ kind }) => kind === 'Service');
}

it('has the same port on the pod, the Service and the node for what is relayed', () => {
  const [listeners, ...relays] = services(TurnEntry.nodePorts(), 50);
  expect(listeners.spec.ports).toEqual([
    { name: 'turn-udp', port: 30478, targetPort: 'turn-udp', protocol: 'UDP', nodePort: 30478 },
    { name: 'turn-tcp', port: 30478, targetPort: 'turn-tcp', protocol: 'TCP', nodePort: 30478 },
  ]);
  const all = relays.flatMap(({ spec }) => spec.ports);
  expect(all).toHaveLength(500);
  expect(all[499]).toEqual({ name: 'relay-30999', port: 30999, targetPort: 30999, protocol: 'UDP', nodePort: 30999 });
});

it('spreads node ports over Services of at most 200', () => {
  expect(services(TurnEntry.nodePorts(), 50).map(({ metadata, spec }) => [metadata.name, spec.ports.length])).toEqual([
    ['matrix-turn', 2],
    ['matrix-turn-relay-1', 200],
    ['matrix-turn-relay-2', 200],
    ['matrix-turn-relay-3', 100],
  ]);
});

it('has one load balancer for all ports, because it has one address', () => {
  const annotations = { 'example.org/address': 'reserved' };
  const [service, ...others] = services(
    TurnEntry.loadBalancer({ publicAddress: '203.0.113.7', annotations, loadBalancerClass: 'example.org/lb' }),
    2,
  );
  expect(others).toEqual([]);
  expect(service.metadata.annotations).toEqual(annotations);
  expect(service.spec).toMatchObject({
    type: 'LoadBalancer',
    loadBalancerClass: 'example.org/lb',
    externalTrafficPolicy: 'Local',
  });
  expect(service.spec.ports.map(({ nodePort }: Manifest) => nodePort).filter(Boolean)).toEqual([]);
  expect(service.spec.ports).toHaveLength(22);
});
