import { closest, distance } from 'fastest-levenshtein';
import { type ConfigFinding, namesSecret, pathText, type SettingsPath, shown, WITHHELD } from '../path';
import { unknownKeyHint } from './legacy';
import { formsOf, ROOT, type SchemaNode, typesOf } from './node';

const EXPECTED: Readonly<Record<string, string>> = {
  boolean: 'true or false without quotes (Synapse takes any text as true)',
  integer: 'a whole number without quotes',
  number: 'a number without quotes',
  string: 'text',
  array: 'a list',
  object: 'a mapping',
  null: 'null',
};

/** The finding for a key that Synapse does not read, with the key that was probably meant. */
export function unknownKey(path: SettingsPath, value: unknown, siblings: readonly string[]): ConfigFinding {
  const meant = nearest(String(path.at(-1)), siblings);
  const why = unknownKeyHint(path) ?? `Synapse has no such key and would ignore it: ${remedy(path, meant)}`;
  const secret = typeof value === 'string' && meant !== undefined && namesSecret([meant.replace(/_path$/, '')]);
  return { path, message: `${pathText(path)} is ${secret ? WITHHELD : shown(value, path)}, but ${why}` };
}

/** The sibling that was probably meant; of a secret and the path to its file, the path. */
export function nearest(key: string, siblings: readonly string[]): string | undefined {
  if (siblings.length === 0) return undefined;
  const name = closest(key, siblings);
  if (distance(key, name) > Math.max(2, Math.floor(key.length / 3))) return undefined;
  return siblings.includes(`${name}_path`) ? `${name}_path` : name;
}

function remedy(path: SettingsPath, meant: string | undefined): string {
  if (meant !== undefined) return `use ${pathText([...path.slice(0, -1), meant])}`;
  const elsewhere = homesOf(String(path.at(-1)));
  if (elsewhere.length > 0) return `use ${elsewhere.join(' or ')} instead`;
  return `remove it, or look up its name in Synapse's configuration manual`;
}

/** Where the first two levels have a key of this name, for a key outside its block or inside the wrong one. */
function homesOf(key: string): string[] {
  const top = ROOT.properties ?? {};
  if (Object.hasOwn(top, key)) return [key];
  const blocks = Object.entries(top).filter(([, node]) => Object.hasOwn(formsOf(node)[0]?.properties ?? {}, key));
  return blocks.length <= 3 ? blocks.map(([name]) => `${name}.${key}`) : [];
}

/** The values that the node accepts, in words. */
export function expected(node: SchemaNode): string[] {
  if (node.pattern !== undefined)
    return [node.pattern.includes('K') ? "a size such as '50M'" : "a duration such as '10m'"];
  const types = typesOf(node).filter((t) => t !== 'null');
  return types.length === 0 ? ['plain data that YAML can express'] : types.map((t) => EXPECTED[t] ?? t);
}

/** Why a duration or size is not valid, and the nearest valid one. */
export function amountRemedy(pattern: string, value: string): string {
  const number = /^\d+/.exec(value)?.[0];
  if (pattern.includes('K')) {
    const unit = /^\d+\s*([kmgt])(i?b(ytes)?)?$/i.exec(value)?.[1]?.toUpperCase();
    return `a size is a whole number, optionally followed by K, M, G or T: use '${number && unit ? number + unit : '50M'}'`;
  }
  const unit = /^\d+\s*(?!ms|mo)([smhdwy])[a-z]*$/i.exec(value)?.[1]?.toLowerCase();
  return `a duration is a whole number followed by s, m, h, d, w or y: use '${number && unit ? number + unit : '10m'}'`;
}
