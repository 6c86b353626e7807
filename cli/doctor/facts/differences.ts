import { quantity } from './quantity';

type Fields = { readonly [key: string]: unknown };

/** Fields that the server sets, or that kubectl leaves out of a comparison. */
const IGNORED = ['status', 'creationTimestamp', 'namespace', 'stringData'];
/** Fields in which everything counts, also what was added. */
const COMPLETE = ['data', 'binaryData', 'matchLabels'];

/**
 * Paths of the declared fields that are different in the cluster. Fields that only the cluster has are mostly defaults,
 * and are not compared.
 */
export function differences(declared: unknown, live: unknown, path = ''): string[] {
  if (isEmpty(declared) && isEmpty(live)) {
    return [];
  }
  if (Array.isArray(declared) && Array.isArray(live) && declared.length === live.length) {
    return declared.flatMap((one, index) => differences(one, live[index], `${path}[${index}]`));
  }
  if (isFields(declared) && isFields(live)) {
    const added = COMPLETE.includes(lastOf(path)) ? Object.keys(live).filter((key) => !(key in declared)) : [];
    return [
      ...Object.keys(declared)
        .filter((key) => !IGNORED.includes(key))
        .flatMap((key) => differences(declared[key], live[key], path ? `${path}.${key}` : key)),
      ...added.map((key) => `${path}.${key}`),
    ];
  }
  return declared === live || isSameAmount(declared, live, path) ? [] : [path];
}

const lastOf = (path: string): string => path.split('.').at(-1) ?? '';

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The server drops empty values. */
function isEmpty(value: unknown): boolean {
  const nothing = value === undefined || value === null || value === '' || value === false || value === 0;
  return nothing || (typeof value === 'object' && Object.keys(value).length === 0);
}

/** Whether two texts are the same amount of a resource: `1000m` and `1`. */
function isSameAmount(declared: unknown, live: unknown, path: string): boolean {
  return /\.(requests|limits|sizeLimit)(\.|$)/.test(path) && quantity(String(declared)) === quantity(String(live));
}
