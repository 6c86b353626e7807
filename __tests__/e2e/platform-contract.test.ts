import { contract } from './platform/contract';
import { Stage } from './platform/stage';

// All suites share one deployment to save time.
const stage = new Stage();
beforeAll(() => stage.setUp(), 300_000);
afterAll(() => stage.tearDown(), 180_000);
jest.setTimeout(30_000);

contract(stage);
