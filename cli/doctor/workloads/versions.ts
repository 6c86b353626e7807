import { POSTGRES_IMAGE } from '../../../lib/postgres/in-cluster/postgres-image';
import { SYNAPSE_IMAGE } from '../../../lib/python/synapse-image';
import { type Check, type Finding, fail, ok, unknown, warn } from '../check';
import type { Workload } from '../facts/pods';
import { ageOf } from '../facts/words';
import { POSTGRES_ENDS, TABLE_DATE } from './support-dates';

const DAY = 86_400;
/** Seconds before the end of support at which to plan an upgrade. */
const AHEAD = 180 * DAY;
const UPGRADE = 'docs/operations/upgrade-and-rollback.md';
const MAJOR = 'docs/operations/postgresql-major.md';

/** Whether Synapse and PostgreSQL are versions that get fixes. */
export const versions: Check = {
  name: 'versions',
  look: async ({ objects, name, now }) => {
    const synapse = await objects.get<Workload>('deployments', name('matrix-synapse'));
    const postgres = await objects.get<Workload>('statefulsets', name('matrix-postgres'));
    return [
      judgeSynapse(imageOf(synapse, 'synapse') ?? '', SYNAPSE_IMAGE.reference),
      ...(postgres ? [judgePostgres(imageOf(postgres, 'postgres') ?? '', POSTGRES_IMAGE.reference, now)] : []),
    ];
  },
};

function imageOf(workload: Workload | undefined, container: string): string | undefined {
  return workload?.spec.template.spec.containers.find(({ name }) => name === container)?.image;
}

/** Version in the tag of an image: `[17, 11]`; undefined without a version, such as with `latest`. */
export function versionOf(image: string): number[] | undefined {
  const [, tag] = /:v?(\d+(?:\.\d+)*)[^/:]*$/.exec(image.replace(/@.*/, '')) ?? [];
  return tag?.split('.').map(Number);
}

/** Synapse is supported only in its newest version: it is compared with that of this package. */
export function judgeSynapse(image: string, newest: string): Finding {
  const [found, wanted] = [versionOf(image), versionOf(newest) ?? []];
  if (!found) {
    return unknown(`the image ${image} of Synapse tells no version`, UPGRADE);
  }
  return isBefore(found, wanted)
    ? warn(`Synapse ${found.join('.')} is older than ${wanted.join('.')}, that of this package`, UPGRADE)
    : ok(`Synapse ${found.join('.')}`);
}

/** PostgreSQL gets fixes until its major version ends, in minor versions. */
export function judgePostgres(image: string, newest: string, now: number): Finding {
  const [found, wanted] = [versionOf(image), versionOf(newest) ?? []];
  if (!found) {
    return unknown(`the image ${image} of PostgreSQL tells no version`, MAJOR);
  }
  const [version, end] = [found.join('.'), POSTGRES_ENDS[found[0]]];
  if (!end) {
    return found[0] < wanted[0]
      ? fail(`PostgreSQL ${version} gets no fixes any more`, MAJOR)
      : unknown(`PostgreSQL ${version} is not in this package's table of ${TABLE_DATE}`, MAJOR);
  }
  const left = (Date.parse(end) - now) / 1000;
  if (left < 0) {
    return fail(`PostgreSQL ${version} has had no fixes since ${end}`, MAJOR);
  }
  if (left < AHEAD) {
    return warn(`PostgreSQL ${version} gets fixes for another ${ageOf(left)}, until ${end}`, MAJOR);
  }
  return found[0] === wanted[0] && found.length > 1 && isBefore(found, wanted)
    ? warn(`PostgreSQL ${version} is older than ${wanted.join('.')}, that of this package`, UPGRADE)
    : ok(`PostgreSQL ${version} gets fixes until ${end}`);
}

function isBefore(one: number[], other: number[]): boolean {
  const at = other.findIndex((number, index) => (one[index] ?? 0) !== number);
  return at >= 0 && (one[at] ?? 0) < other[at];
}
