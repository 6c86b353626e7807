import { Scaling } from '../../../lib';
import { bruteForce } from '../platform/brute-force';
import { closedDoors } from '../platform/closed-doors';
import { logs } from '../platform/logs';
import { services } from '../platform/services';
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

services(stage);
describe('requests that stay refused', () => closedDoors(stage));
// Without the bursts: on two cores, many processes take up to 11 s for 30 rooms at once.
describe('password guessing', () => bruteForce(stage));
describe('the logs of all that', () => logs(stage));
