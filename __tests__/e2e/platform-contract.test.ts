import { accounts } from './platform/accounts';
import { bruteForce } from './platform/brute-force';
import { bursts } from './platform/bursts';
import { calls } from './platform/calls';
import { closedDoors } from './platform/closed-doors';
import { elementCall } from './platform/element-call';
import { flows } from './platform/flows';
import { frontend } from './platform/frontend';
import { logs } from './platform/logs';
import { media } from './platform/media';
import { messages } from './platform/messages';
import { newerServices } from './platform/newer-services';
import { Stage } from './platform/stage';

// All requests of the counselling platform, as its services send them. All suites share one deployment to save time.
const stage = new Stage();
beforeAll(() => stage.setUp(), 300_000);
afterAll(() => stage.tearDown(), 180_000);
jest.setTimeout(30_000);

describe('UserService and AgencyService: accounts', () => accounts(stage));
describe('rooms of enquiries, sessions and groups', () => flows(stage));
describe('messages, sync and presence', () => messages(stage));
describe('files', () => media(stage));
describe('newer releases of the services', () => newerServices(stage));
describe('Frontend', () => frontend(stage));
describe('calls', () => calls(stage));
describe('Element Call', () => elementCall(stage));
describe('requests that stay refused', () => closedDoors(stage));
describe('bursts', () => bursts(stage));
// Nearly last, because it exhausts the login limits.
describe('password guessing', () => bruteForce(stage));
describe('the logs of all that', () => logs(stage));
