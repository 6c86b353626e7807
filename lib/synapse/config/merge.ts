import { isMapping } from './path';

/** A deep copy of plain data; keys set to undefined are left out. */
export function copySettings<T>(value: T): T {
  return copy(value) as T;
}

/**
 * The settings of `base` with those of `over` on top.
 *
 * Mappings are merged at every level; a list, a single value or null replaces the earlier one.
 */
export function mergeSettings<T>(base: T, over: T): T {
  return merge(base, over) as T;
}

function copy(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(copy);
  if (!isMapping(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, v]) => v !== undefined)
      .map(([k, v]) => [k, copy(v)]),
  );
}

function merge(base: unknown, over: unknown): unknown {
  if (!isMapping(base) || !isMapping(over)) return copy(over);
  const merged = new Map(Object.entries(base).map(([k, v]) => [k, copy(v)]));
  for (const [key, value] of Object.entries(over)) {
    if (value !== undefined) merged.set(key, merge(merged.get(key), value));
  }
  return Object.fromEntries(merged);
}
