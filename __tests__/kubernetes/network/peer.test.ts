import { Chart, Testing } from 'cdk8s';
import { Deployment } from 'cdk8s-plus-27';
import { Peer } from '../../../lib/kubernetes/network/peer';

it('selects pods of its own namespace', () => {
  const peer = Peer.pods({ app: 'caddy', tier: 'edge' });
  expect(peer.title).toBe('Pods app=caddy,tier=edge');
  expect(peer._selectors).toEqual([{ podSelector: { matchLabels: { app: 'caddy', tier: 'edge' } } }]);
});

it('selects pods of another namespace with one selector, not with two', () => {
  expect(Peer.pods({ app: 'caddy' }, 'ingress')._selectors).toEqual([
    {
      podSelector: { matchLabels: { app: 'caddy' } },
      namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'ingress' } },
    },
  ]);
});

describe('the pods of a workload of cdk8s-plus', () => {
  const workload = (namespace?: string) => {
    const chart = new Chart(Testing.app(), 'chart', { namespace });
    return new Deployment(chart, 'Caddy', { containers: [{ image: 'caddy:2' }] });
  };

  it('are selected by its own labels, in the namespace of its chart', () => {
    const deployment = workload('edge');
    expect(Object.keys(deployment.matchLabels)).not.toEqual([]);
    expect(Peer.of(deployment)._selectors).toEqual(Peer.pods(deployment.matchLabels, 'edge')._selectors);
  });

  it('are in the namespace of the system when their chart has none', () => {
    const deployment = workload();
    expect(Peer.of(deployment)._selectors).toEqual([{ podSelector: { matchLabels: deployment.matchLabels } }]);
  });

  it('fail when the workload selects no pods', () => {
    const chart = Testing.chart();
    const deployment = new Deployment(chart, 'Caddy', { containers: [{ image: 'caddy:2' }], select: false });
    expect(() => Peer.of(deployment)).toThrow('use a label');
  });
});

it('selects a whole namespace', () => {
  expect(Peer.namespace('monitoring')._selectors).toEqual([
    { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'monitoring' } } },
  ]);
});

it('refuses pods without a label', () => {
  expect(() => Peer.pods({})).toThrow('Peer.pods({})');
  expect(() => Peer.pods({})).toThrow('Peer.namespace');
});

it.each([
  [{ app: 'userservice', '': 'x' }, "the label '' with the value 'x'"],
  [{ app: 'user service' }, "the value 'user service'"],
  [{ 'UPPER.example/app': 'x' }, "the label 'UPPER.example/app'"],
])('refuses the labels %p, which would make the selector too broad', (labels, message) => {
  expect(() => Peer.pods(labels)).toThrow(message);
});

it.each([
  [() => Peer.namespace(''), "name of Peer.namespace ''"],
  [() => Peer.pods({ app: 'x' }, ''), "namespace of Peer.pods ''"],
])('refuses an empty namespace', (make, message) => {
  expect(make).toThrow(message);
});

it.each(['10.1.2.3/32', '0.0.0.0/0', '192.168.0.0/16', '2001:db8::/32', '::1/128'])(
  'accepts the addresses %s',
  (cidr) => {
    expect(Peer.addresses(cidr)._selectors).toEqual([{ ipBlock: { cidr } }]);
  },
);

it.each([
  '10.1.2.3',
  '10.1.2/24',
  '10.1.2.3/33',
  '10.1.2.256/24',
  '10.1.2.3/',
  '10.1.2.3/8/8',
  '2001:db8::/129',
  '2001:db8:::/64',
  'db.example.org/32',
  '',
])('refuses the addresses %p', (cidr) => {
  expect(() => Peer.addresses(cidr)).toThrow(`'${cidr}'`);
  expect(() => Peer.addresses(cidr)).toThrow('such as 10.1.2.3/32');
});

it.each(['10.', '172.16.', '192.168.', '169.254.', '100.64.', '127.'])('keeps %s out of the internet', (start) => {
  const [{ ipBlock }] = Peer.INTERNET._selectors ?? [];
  expect(ipBlock?.except?.filter((cidr) => cidr.startsWith(start))).toHaveLength(1);
});

it('allows DNS in the usual namespaces and on the node', () => {
  expect(Peer.DNS._selectors).toEqual([
    ...(Peer.namespace('kube-system')._selectors ?? []),
    ...(Peer.namespace('openshift-dns')._selectors ?? []),
    { ipBlock: { cidr: '169.254.0.0/16' } },
  ]);
});

it('allows the Kubernetes API at any address, because it differs by cluster', () => {
  expect(Peer.KUBERNETES_API._selectors).toBeUndefined();
});

it('has unique keys', () => {
  const peers = [
    Peer.DNS,
    Peer.INTERNET,
    Peer.ANYONE,
    Peer.KUBERNETES_API,
    Peer.pods({ app: 'x' }),
    Peer.pods({ app: 'x' }, 'y'),
    Peer.namespace('x'),
    Peer.addresses('10.0.0.0/8'),
  ];
  expect(new Set(peers.map((peer) => peer.key)).size).toBe(peers.length);
  expect(peers.map((one) => one.peer)).toEqual(peers);
});
