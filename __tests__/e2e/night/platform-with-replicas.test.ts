import { Postgres, parseSize } from '../../../lib';
import { resources } from '../../../lib/kubernetes/workloads/resources';
import { contract } from '../platform/contract';
import { Stage } from '../platform/stage';
import { System } from '../support/system';
import { changedSystem } from '../support/system-chart';

const NAME = 'platform-with-replicas';
const WORKLOADS = ['deployment/matrix-synapse', 'deployment/matrix-discovery', 'deployment/matrix-edge'];

// The platform's requests, sent to a system with a replicated database. It needs CloudNativePG in `cnpg-system`.
const stage = new Stage();
beforeAll(async () => {
  const database = Postgres.cloudNativePg({
    instances: 2,
    storage: parseSize('2Gi'),
    resources: resources(50, 256, 1024),
  });
  const manifest = changedSystem(`matrix-e2e-${NAME}`, { database });
  await stage.setUp(await System.apply(NAME, manifest, WORKLOADS));
}, 600_000);
afterAll(() => stage.tearDown(), 180_000);
jest.setTimeout(30_000);

contract(stage);
