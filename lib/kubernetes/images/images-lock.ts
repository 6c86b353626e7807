import { checkedImage } from './image-reference';

/** With its registry, since a mirror keeps it under that name, and with a tag, for which Renovate looks for newer ones. */
const FULL_NAME = /^[a-z0-9-]+(\.[a-z0-9-]+)+\/[^:@]+:[^:@]+(@sha256:[a-f0-9]{64})?$/;
const EXAMPLE = 'docker.io/library/postgres:17.11-alpine';

/**
 * Reads a list of images: a name and a reference on each line, besides comments and empty lines.
 *
 * @param names that it must have, and no others.
 * @throws when one is missing, twice or not used, or a reference is not whole.
 */
export function lockedImages<Name extends string>(text: string, names: readonly Name[]): { [name in Name]: string } {
  const images: { [name: string]: string } = {};
  for (const [index, line] of text.split('\n').entries()) {
    if (line.trim() === '' || line.startsWith('#')) {
      continue;
    }
    const fail = (problem: string) => new Error(`images.lock, line ${index + 1}, '${line}': ${problem}`);
    const [name, reference, ...more] = line.trim().split(/\s+/);
    if (reference === undefined || more.length > 0) {
      throw fail(`is not a name and a reference: write them as in 'postgres ${EXAMPLE}'`);
    }
    if (!names.some((one) => one === name)) {
      throw fail(`nothing runs '${name}': take the line out, or write one of ${names.join(', ')}`);
    }
    if (name in images) {
      throw fail(`'${name}' has a line already: keep one of the two`);
    }
    if (!FULL_NAME.test(reference)) {
      throw fail(`'${reference}' is no full name with a tag: write registry, repository and tag, as in '${EXAMPLE}'`);
    }
    images[name] = checkedImage(reference);
  }
  const missing = names.find((name) => !(name in images));
  if (missing) {
    throw new Error(`images.lock has no line for '${missing}': add one, with the reference of its image`);
  }
  return images as { [name in Name]: string };
}
