import type { IConstruct } from 'constructs';

const reserved = new WeakMap<IConstruct, Map<string, IConstruct>>();

/**
 * Fails at once when another construct of the app writes to the same thing: two corrupt it.
 *
 * @param thing what it is, with its address: `database 'db.example.org:5432/matrix'`.
 * @param remedy what to write instead.
 */
export function reserve(writer: IConstruct, thing: string, remedy: string): void {
  const { root } = writer.node;
  const claimed = reserved.get(root) ?? new Map<string, IConstruct>();
  reserved.set(root, claimed);
  const other = claimed.get(thing);
  if (other) {
    throw new Error(
      `${other.node.path} and ${writer.node.path} would write to the same ${thing}, which corrupts it: ${remedy}`,
    );
  }
  claimed.set(thing, writer);
}
