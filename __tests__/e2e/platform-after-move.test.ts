import { accounts } from './platform/accounts';
import { calls } from './platform/calls';
import { elementCall } from './platform/element-call';
import { flows } from './platform/flows';
import { frontend } from './platform/frontend';
import { media } from './platform/media';
import { messages } from './platform/messages';
import { newerServices } from './platform/newer-services';
import { Stage } from './platform/stage';
import { fill } from './support/original/filling';
import { OriginalInstallation } from './support/original/installation';
import { movedSystem } from './support/original/moved-system';
import { printedCommands } from './support/printed-commands';
import { Shell } from './support/shell';
import { System } from './support/system';

const NAME = 'platform-after-move';
const NAMESPACE = `matrix-e2e-${NAME}`;

// What the platform's services send to a new system, they send to one that was moved.
const stage = new Stage();
beforeAll(async () => {
  const original = await OriginalInstallation.install(NAMESPACE);
  await fill(original.matrix, { users: 8, rooms: 12, messages: 120, files: 6 });
  const manifest = movedSystem(NAMESPACE);
  const shell = Shell.withoutSystem(NAMESPACE, manifest);
  await shell.ok(printedCommands('beforeMove'));
  original.close();
  for (const procedure of ['stopWriters', 'newSystem', 'moveData', 'startMoved'] as const) {
    await shell.ok(printedCommands(procedure));
  }
  shell.close();
  await stage.setUp(System.existing(NAME, manifest));
}, 600_000);
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
