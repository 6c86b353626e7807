import { Testing } from 'cdk8s';
import { Peer, Scaling, Traffic, Workers, type WorkersOptions } from '../../../lib';
import { emptyChart, synapseIn } from '../../support/parts';

function rendered(options: WorkersOptions) {
  const chart = emptyChart();
  return { chart, synapse: synapseIn(chart, { workers: Workers.of(options) }) };
}
const connections = (options: WorkersOptions) => {
  const { chart, synapse } = rendered(options);
  synapse.allowFrom(Peer.pods({ app: 'proxy' }));
  return Traffic.connections(chart).map(({ from, to, name }) => `${from.key} ${name} ${to.key}`);
};

it('minimal: renders nothing', () => {
  const { chart, synapse } = rendered({});
  expect(Testing.synth(chart).map(({ metadata }) => metadata.name)).not.toContain('matrix-valkey');
  expect(synapse).toMatchObject({ workerBackends: [], workerWorkloads: [] });
});

it('connects processes with one another, with Valkey and with the database, and clients only with those that answer', () => {
  const all = connections({ sync: Scaling.fixed(1), eventPersisters: 1 });
  expect(all).toEqual(
    expect.arrayContaining([
      'matrix-synapse-sync replication matrix-synapse',
      'matrix-synapse-event-persister replication matrix-synapse',
      'matrix-synapse replication matrix-synapse-event-persister',
      'matrix-synapse-sync replication matrix-synapse-event-persister',
      'matrix-synapse valkey matrix-valkey',
      'matrix-synapse-sync valkey matrix-valkey',
      'app=proxy client matrix-synapse-sync',
    ]),
  );
  expect(all).not.toContain('matrix-synapse-event-persister replication matrix-synapse-event-persister');
  expect(all).not.toContain('app=proxy client matrix-synapse-event-persister');
  expect(all).not.toContain('matrix-synapse replication matrix-synapse-sync');
});

it('lets several of one kind connect with one another', () => {
  const all = connections({ eventPersisters: 2 });
  expect(all).toContain('matrix-synapse-event-persister replication matrix-synapse-event-persister');
});

it('tells the edge what is answered where, and restores what must be stopped', () => {
  const { synapse } = rendered({ sync: Scaling.between(1, 4), streams: { typing: 1 } });
  expect(synapse.workerBackends).toMatchObject([
    { name: 'typing', host: 'matrix-synapse-typing', podNames: ['matrix-synapse-typing-0'] },
    { name: 'sync', replicas: 4, balance: 'user', podNames: undefined },
  ]);
  expect(synapse.workerWorkloads).toEqual(['statefulset/matrix-synapse-typing', 'deployment/matrix-synapse-sync']);
});
