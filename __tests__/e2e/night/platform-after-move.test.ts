import { services } from '../platform/services';
import { Stage } from '../platform/stage';
import { fill, SMALL } from '../support/original/filling';
import { OriginalInstallation } from '../support/original/installation';
import { movedSystem } from '../support/original/moved-system';
import { printedCommands } from '../support/printed-commands';
import { System } from '../support/system';

const NAME = 'platform-after-move';
const NAMESPACE = `matrix-e2e-${NAME}`;

// What the platform's services send to a new system, they send to one that was moved.
const stage = new Stage();
beforeAll(async () => {
  const original = await OriginalInstallation.install(NAMESPACE);
  await fill(original.matrix, SMALL);
  const manifest = movedSystem(NAMESPACE);
  const shell = await original.prepareMove(manifest);
  await shell.ok(printedCommands('moveData'));
  await shell.ok(printedCommands('startMoved'));
  shell.close();
  await stage.setUp(System.existing(NAME, manifest));
}, 600_000);
afterAll(() => stage.tearDown(), 180_000);
jest.setTimeout(30_000);

services(stage);
