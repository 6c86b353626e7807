import { accounts } from './attacks/accounts';
import { bodyLimits } from './attacks/body-limits';
import { malformed } from './attacks/malformed';
import { outgoing } from './attacks/outgoing';
import { AttackStage } from './attacks/stage';

// What clients and other servers can do from outside, one request at a time; attacks-by-load has the floods.
const stage = new AttackStage('attacks');
beforeAll(() => stage.setUp(), 300_000);
afterAll(() => stage.tearDown(), 180_000);
jest.setTimeout(120_000);

describe('requests to other servers', () => outgoing(stage));
describe('sizes of bodies', () => bodyLimits(stage));
describe('malformed bodies', () => malformed(stage));
describe('accounts and addresses', () => accounts(stage));
