import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Files that were read before, so that each is read once per program. */
const texts = new Map<string, string>();

/**
 * Returns the text of a file in the folder of the construct that uses it.
 *
 * @param folder `__dirname` of the construct.
 */
export function fileBeside(folder: string, name: string): string {
  const path = join(folder, name);
  const text = texts.get(path) ?? readFileSync(path, 'utf8');
  texts.set(path, text);
  return text;
}
