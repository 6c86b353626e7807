import {
  Federation,
  HomeserverConfig,
  type MatrixSynapseProps,
  Scaling,
  Workers,
  type WorkersOptions,
} from '../../../lib';
import { planWorkers } from '../../../lib/synapse/workers/worker-plan';
import { emptyChart, external, systemIn } from '../../support/parts';

const planned = (options: WorkersOptions, props: Partial<MatrixSynapseProps> = {}) =>
  planWorkers({ system: systemIn(emptyChart()), database: external(), workers: Workers.of(options), ...props });

it('minimal: there are none', () => expect(planned({})).toEqual([]));

it('gives lasting names only to those that others know by name', () => {
  const [receipts, sync] = planned({ sync: Scaling.fixed(2), streams: { receipts: 2 } });
  expect(sync.workloadName).toBe('matrix-synapse-sync');
  expect(sync.podNames).toBeUndefined();
  expect(receipts.podNames).toEqual(['matrix-synapse-receipts-0', 'matrix-synapse-receipts-1']);
});

it('has one process for work in the background, and none for false', () => {
  expect(planned({ background: true }).map(({ podNames }) => podNames)).toEqual([['matrix-synapse-background-0']]);
  expect(planned({ background: false })).toEqual([]);
});

it.each<[string, WorkersOptions, Partial<MatrixSynapseProps>, string]>([
  [
    'two processes would write a stream of one',
    { streams: { typing: 2 } },
    {},
    "workers.streams.typing is 2, but only one process may write the stream 'typing': use 1",
  ],
  [
    'a number is not whole',
    { pushers: 1.5 },
    { config: HomeserverConfig.of({ push: { enabled: true } }) },
    'workers.pushers must be a whole number from 1, got 1.5',
  ],
  [
    'a number is 0',
    { eventPersisters: 0 },
    {},
    'workers.eventPersisters must be a whole number from 1, got 0: leave it out',
  ],
  [
    'nothing is sent to other servers',
    { federationSenders: 1 },
    {},
    'workers.federationSenders would have no work, because federation is closed',
  ],
  [
    'nothing comes from other servers',
    { federationReaders: Scaling.fixed(1) },
    { federation: Federation.CLOSED },
    'or open synapse.federation',
  ],
  ['notifications are off', { pushers: 1 }, {}, 'workers.pushers would have no work, because notifications are off'],
])('fails when %s', (_, options, props, message) => expect(() => planned(options, props)).toThrow(message));
