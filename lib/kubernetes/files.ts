import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Each is read once, however many systems an app has. */
const texts = new Map<string, string>();

/**
 * The text of a file that lies beside the construct it belongs to: part of the program, as its code is.
 *
 * @param folder `__dirname` of the construct.
 */
export function fileBeside(folder: string, name: string): string {
  const path = join(folder, name);
  const text = texts.get(path) ?? readFileSync(path, 'utf8');
  texts.set(path, text);
  return text;
}
