import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The first block of commands below a heading of the README, as it is printed. */
export function printedCommands(heading: string): string {
  const readme = readFileSync(join(__dirname, '..', '..', '..', 'README.md'), 'utf8');
  const [, section] = readme.split(`\n${heading}\n`);
  const [, block] = /```sh\n([\s\S]*?)```/.exec(section ?? '') ?? [];
  if (!block) {
    throw new Error(`the README has no commands below '${heading}'`);
  }
  return block;
}
