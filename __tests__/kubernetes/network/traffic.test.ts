import { ApiObject, App, Chart, Testing } from 'cdk8s';
import { Peer } from '../../../lib/kubernetes/network/peer';
import { Traffic } from '../../../lib/kubernetes/network/traffic';

const CLIENT = { name: 'client', number: 8008 };
const METRICS = { name: 'metrics', number: 9000 };

let app: App;
beforeEach(() => {
  app = new App();
});

function traffic(name: string, namespace?: string): Traffic {
  const id = namespace ?? 'default';
  const chart = (app.node.tryFindChild(id) as Chart | undefined) ?? new Chart(app, id, { namespace });
  return new Traffic(chart, name, { app: name, component: name });
}

function policy(of: Traffic) {
  return ApiObject.of(of).toJson();
}

const pods = (name: string) => ({ podSelector: { matchLabels: { app: name } } });
const tcp = (port: number) => ({ port, protocol: 'TCP' });
const udp = (port: number) => ({ port, protocol: 'UDP' });

it('denies everything that is not declared', () => {
  const { metadata, spec } = policy(traffic('synapse'));
  expect(metadata.name).toBe('synapse');
  expect(spec).toEqual({ ...pods('synapse'), policyTypes: ['Ingress', 'Egress'] });
});

it('allows a declared connection on both sides', () => {
  const [postgres, synapse] = [traffic('postgres'), traffic('synapse')];
  postgres.allowFrom(synapse, { name: 'sql', number: 5432 });
  expect(policy(postgres).spec).toMatchObject({
    ingress: [{ from: [pods('synapse')], ports: [tcp(5432)] }],
  });
  expect(policy(synapse).spec).toMatchObject({
    egress: [{ to: [pods('postgres')], ports: [tcp(5432)] }],
  });
});

it('allows a connection across namespaces by their names', () => {
  const [postgres, synapse] = [traffic('postgres', 'data'), traffic('synapse', 'chat')];
  postgres.allowFrom(synapse, CLIENT);
  const inNamespace = (name: string) => ({
    namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': name } },
  });
  expect(policy(postgres).spec.ingress[0].from).toEqual([{ ...pods('synapse'), ...inNamespace('chat') }]);
  expect(policy(synapse).spec.egress[0].to).toEqual([{ ...pods('postgres'), ...inNamespace('data') }]);
});

it('omits the namespace within one namespace', () => {
  const [postgres, synapse] = [traffic('postgres', 'chat'), traffic('synapse', 'chat')];
  postgres.allowFrom(synapse, CLIENT);
  expect(policy(postgres).spec.ingress[0].from).toEqual([pods('synapse')]);
});

it('allows any client, only on the declared ports', () => {
  const synapse = traffic('synapse');
  synapse.allowFrom(Peer.ANYONE, CLIENT, METRICS);
  expect(policy(synapse).spec.ingress).toEqual([{ ports: [tcp(8008), tcp(9000)] }]);
});

it('allows connections to DNS, the Kubernetes API and addresses', () => {
  const synapse = traffic('synapse');
  synapse.allowDns();
  synapse.allowKubernetesApi();
  synapse.allowTo(Peer.addresses('10.1.2.3/32'), 'sql');
  expect(policy(synapse).spec.egress).toEqual([
    {
      to: Peer.DNS._selectors,
      ports: [udp(53), tcp(53), udp(5353), tcp(5353)],
    },
    { ports: [tcp(443), tcp(6443)] },
    { to: [{ ipBlock: { cidr: '10.1.2.3/32' } }], ports: [{ protocol: 'TCP' }] },
  ]);
});

it('allows a range of ports, whose end must not be before its beginning', () => {
  const turn = traffic('turn');
  turn.allowFrom(Peer.ANYONE, { name: 'relay', number: 30500, lastNumber: 30699, protocol: 'UDP' });
  expect(policy(turn).spec.ingress).toEqual([{ ports: [{ ...udp(30500), endPort: 30699 }] }]);
  const wrong = () => turn.allowFrom(Peer.ANYONE, { name: 'relay', number: 30500, lastNumber: 30499 });
  expect(wrong).toThrow("lastNumber 30499 of the connection 'relay'");
  expect(wrong).toThrow('from 30500 to 65535');
});

it('renders the internet after every narrower rule', () => {
  const synapse = traffic('synapse');
  synapse.allowTo(Peer.INTERNET, 'federation', { name: 'https', number: 443 });
  synapse.allowTo(Peer.addresses('10.1.2.3/32'), 'sql', { name: 'sql', number: 5432 });
  const ranges = policy(synapse).spec.egress.map((rule: { to: { ipBlock: { cidr: string } }[] }) => rule.to[0].ipBlock);
  expect(ranges.map(({ cidr }: { cidr: string }) => cidr)).toEqual(['10.1.2.3/32', '0.0.0.0/0']);
});

it('lists every connection once', () => {
  const [postgres, synapse] = [traffic('postgres'), traffic('synapse')];
  postgres.allowFrom(synapse, CLIENT, METRICS);
  synapse.allowDns();
  const expected = [
    { from: synapse.peer, to: postgres.peer, name: 'client, metrics', ports: [CLIENT, METRICS] },
    expect.objectContaining({ from: synapse.peer, to: Peer.DNS, name: 'names' }),
  ];
  expect(Traffic.connections(app)).toEqual(expected);
  expect(Traffic.connections(synapse)).toEqual(expected);
  expect(Traffic.connections(postgres)).toEqual(expected.slice(0, 1));
});

it.each([
  [{ name: 'mail', number: 99999 }, 'port 99999'],
  [{ name: 'mail', number: 0 }, 'port 0'],
  [{ name: 'mail', number: 25.5 }, 'port 25.5'],
  [{ name: 'mail', number: 25, protocol: 'tcp' }, "protocol 'tcp'"],
])('fails when the API server would refuse the port %j', (port, value) => {
  const traffic = new Traffic(Testing.chart(), 'Traffic', { app: 'one', component: 'one' });
  for (const allow of [
    () => traffic.allowTo(Peer.INTERNET, 'mail', port),
    () => traffic.allowFrom(Peer.ANYONE, port),
  ]) {
    expect(allow).toThrow(`${value} of the connection 'mail'`);
    expect(allow).toThrow(': use ');
  }
});
