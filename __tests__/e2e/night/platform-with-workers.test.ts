import { Scaling } from '../../../lib';
import { contract } from '../platform/contract';
import { Stage } from '../platform/stage';
import { System } from '../support/system';
import { changedSystem } from '../support/system-chart';

const NAME = 'platform-with-workers';
const two = Scaling.fixed(2);

// What the platform's services send to one process, they send to many.
const stage = new Stage();
beforeAll(async () => {
  const workers = {
    sync: two,
    client: two,
    eventCreators: two,
    eventPersisters: 2,
    media: 1,
    federationReaders: Scaling.fixed(1),
    federationSenders: 1,
    background: true,
    streams: { typing: 1, toDevice: 1, accountData: 1, receipts: 1, presence: 1, deviceLists: 1 },
  };
  const system = await System.apply(NAME, changedSystem(`matrix-e2e-${NAME}`, { workers }));
  await system.workersReady();
  await stage.setUp(system);
}, 600_000);
afterAll(() => stage.tearDown(), 180_000);
jest.setTimeout(30_000);

contract(stage);
