import { bruteForce } from './platform/brute-force';
import { bursts } from './platform/bursts';
import { closedDoors } from './platform/closed-doors';
import { logs } from './platform/logs';
import { services } from './platform/services';
import { Stage } from './platform/stage';

// All requests of the counselling platform, as its services send them. All suites share one deployment to save time.
const stage = new Stage();
beforeAll(() => stage.setUp(), 300_000);
afterAll(() => stage.tearDown(), 180_000);
jest.setTimeout(30_000);

services(stage);
describe('requests that stay refused', () => closedDoors(stage));
describe('bursts', () => bursts(stage));
// Nearly last, because it exhausts the login limits.
describe('password guessing', () => bruteForce(stage));
describe('the logs of all that', () => logs(stage));
