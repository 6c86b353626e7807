import type { IConstruct } from 'constructs';

const reserved = new WeakMap<IConstruct, Map<string, IConstruct>>();

/**
 * Reserves a resource for one construct of the app, because two writers would corrupt it.
 *
 * @param thing the resource and its address, such as `database 'db.example.org:5432/matrix'`.
 * @param remedy what to use instead, for the message.
 * @throws when another construct of the app has reserved the same resource.
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
