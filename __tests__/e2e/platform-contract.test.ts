import { accounts } from './platform/accounts';
import { bruteForce } from './platform/brute-force';
import { bursts } from './platform/bursts';
import { calls } from './platform/calls';
import { closedDoors } from './platform/closed-doors';
import { elementCall } from './platform/element-call';
import { flows } from './platform/flows';
import { frontend } from './platform/frontend';
import { media } from './platform/media';
import { messages } from './platform/messages';
import { newerServices } from './platform/newer-services';
import { Stage } from './platform/stage';

// Everything the counselling platform asks of Synapse, as its services ask it. One deployment for all: it takes a while.
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
describe('doors that stay closed', () => closedDoors(stage));
describe('the busiest minutes pass', () => bursts(stage));
// Last: it uses up what log-ins are allowed.
describe('guessing passwords', () => bruteForce(stage));
