import { App, Chart } from 'cdk8s';
import { Peer } from '../../../lib/kubernetes/network/peer';
import { Traffic } from '../../../lib/kubernetes/network/traffic';
import { trafficPicture } from '../../../lib/kubernetes/network/traffic-picture';

it('draws each peer once and an arrow for each connection', () => {
  const chart = new Chart(new App(), 'chart');
  const [postgres, synapse] = ['postgres', 'synapse'].map(
    (name) => new Traffic(chart, name, { app: name, component: name }),
  );
  postgres.allowFrom(synapse, { name: 'sql', number: 5432 });
  synapse.allowFrom(Peer.ANYONE, { name: 'client', number: 8008 }, { name: 'metrics', number: 9000 });
  synapse.allowDns();
  synapse.allowTo(Peer.addresses('10.1.2.3/32'), 'proxy');
  expect(trafficPicture(chart)).toBe(`flowchart LR
  n0["synapse"]
  n1["postgres"]
  n2["Anyone"]
  n3["Cluster DNS"]
  n4["10.1.2.3/32"]
  n0 -->|"sql 5432"| n1
  n2 -->|"client, metrics 8008, 9000"| n0
  n0 -->|"names 53, 5353"| n3
  n0 -->|"proxy any port"| n4`);
});

it('is empty when nothing is declared', () => {
  expect(trafficPicture(new Chart(new App(), 'chart'))).toBe('flowchart LR');
});
