/** Versions of Synapse from this one on can use the database that any other of them has migrated, up to `NEWEST`. */
const OLDEST = [1, 100, 0];
/** The newest version for which that is known, with all of its patches. */
const NEWEST = [1, 163];

/**
 * Checks that an image can replace the version that runs, and returns it: an older Synapse may not know the schema.
 *
 * @param image reference of the image that is rendered.
 * @param deployed version that runs, such as `1.163.2`; undefined if it is not given.
 * @throws when a version cannot be read, or the image is too old for the database that the deployed version has.
 * @see https://element-hq.github.io/synapse/latest/upgrade.html#rolling-back-to-older-versions
 */
export function checkedRollback(image: string, deployed?: string): string {
  if (deployed === undefined) {
    return image;
  }
  const running = versionIn(`v${deployed}`);
  if (!running) {
    throw new Error(`deployedVersion '${deployed}' is not a version of Synapse: use the form 1.163.2`);
  }
  const next = versionIn(image.replace(/@.*$/, ''));
  if (!next) {
    throw new Error(
      `deployedVersion cannot be compared with the image '${image}', whose tag is not a version: leave deployedVersion out`,
    );
  }
  const known = compare(running.slice(0, 2), NEWEST) <= 0 && compare(next, OLDEST) >= 0;
  if (compare(next, running) < 0 && !known) {
    throw new Error(
      `the image '${image}' is older than deployedVersion ${deployed}, and may not know its database: ` +
        `use ${deployed} or later, or restore the moment before the upgrade (docs/operations/upgrade-and-rollback.md)`,
    );
  }
  return image;
}

/** The numbers of a version at the end of a text. */
function versionIn(text: string): number[] | undefined {
  return /v(\d+)\.(\d+)\.(\d+)$/.exec(text)?.slice(1).map(Number);
}

/** Compares versions by their first different number. */
function compare(one: number[], other: number[]): number {
  return one.map((number, index) => number - other[index]).find((difference) => difference !== 0) ?? 0;
}
