import type { IConstruct } from 'constructs';

const writers = new WeakMap<IConstruct, Map<string, IConstruct>>();

/**
 * Fails at once when another Synapse of the app writes to the same database: two corrupt it.
 *
 * @param database identity of the database.
 */
export function claimDatabase(synapse: IConstruct, database: string): void {
  const { root } = synapse.node;
  const claimed = writers.get(root) ?? new Map<string, IConstruct>();
  writers.set(root, claimed);
  const other = claimed.get(database);
  if (other) {
    throw new Error(
      `Synapse at ${synapse.node.path} and at ${other.node.path} would write to the same database '${database}', which corrupts it: ` +
        `give each its own MatrixPostgres, or another 'database' on the external server`,
    );
  }
  claimed.set(database, synapse);
}
