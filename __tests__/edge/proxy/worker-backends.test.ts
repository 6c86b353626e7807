// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the proxy replaces them.
import { renderBackends } from '../../../lib/edge/proxy/backends';
import { workerBackends } from '../../../lib/edge/proxy/worker-backends';
import { type WorkerBackend, WorkerBalance } from '../../../lib/synapse/workers/worker-backend';

const BARE: WorkerBackend = {
  name: 'sync',
  host: 'matrix-synapse-sync',
  port: 8008,
  replicas: 2,
  clientRoutes: [{ paths: ['^/sync$'] }],
  federationRoutes: [],
  adminRoutes: [],
  media: false,
};
const main = {
  client: { name: 'main', host: 'synapse', port: 8008 },
  federation: { name: 'main', host: 'synapse', port: 8009 },
  checkedBy: 'synapse',
  federates: true,
};
const made = (worker: Partial<WorkerBackend>, federates = true) =>
  workerBackends([{ ...BARE, ...worker }], { ...main, federates });

it('finds the pods by DNS, one more than there may be while they are exchanged, and else asks the main process', () => {
  const [backend] = made({}).client;
  const text = renderBackends([backend]);
  expect(text).toContain('server-template sync 1-3 "matrix-synapse-sync${POD_DOMAIN-}:8008" check ');
  expect(text).toContain('server main "${HOST_synapse-synapse}:8008" track synapse/main backup');
  expect(text).toContain('option redispatch 2');
});

it('waits for a writer, and reads few large bodies at a time for it', () => {
  const { client, large } = made({ name: 'to-device', podNames: ['to-device-0'] });
  expect(renderBackends(client)).toContain(
    'server to-device-0 "to-device-0.matrix-synapse-sync${POD_DOMAIN-}:8008" check inter 500ms fastinter 250ms downinter 250ms fall 80',
  );
  expect(renderBackends(client)).not.toContain('backup');
  expect(large).toMatchObject([
    {
      name: 'to_device_large',
      maxConnections: 6,
      checkedBy: 'to_device',
      routes: [{ when: 'var(txn.large) -m bool' }],
    },
  ]);
});

it.each([
  [WorkerBalance.USER, 'balance hash var(txn.user)'],
  [WorkerBalance.ROOM, 'balance hash var(txn.room)'],
  [WorkerBalance.CLIENT, 'balance hash var(txn.client)'],
])('balances by %s', (balance, line) => expect(made({ balance }).client[0].settings).toContain(line));

it('asks the main process at its port for other servers, who come through the public frontend only when it federates', () => {
  const worker = { clientRoutes: [], federationRoutes: [{ paths: ['^/_matrix/federation/'] }] };
  const [open] = made(worker).federation;
  expect(open.servers[1].port).toBe(8009);
  expect(open.routes?.[0].from).toEqual(['public', 'federation']);
  expect(made(worker, false).federation[0].routes?.[0].from).toEqual(['federation']);
});

it('keeps the media repository apart', () => {
  const { media, large, client } = made({
    name: 'media',
    media: true,
    podNames: ['media-0'],
    adminRoutes: [{ paths: ['^/_synapse/admin/v1/media/'] }],
  });
  expect(media[0].routes?.map(({ from }) => from)).toEqual([['public', 'admin'], ['admin']]);
  expect([large, client]).toEqual([[], []]);
});
