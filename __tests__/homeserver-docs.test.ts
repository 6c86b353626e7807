import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as schema from '../imports/homeserver.schema.json';
import type { SchemaNode } from '../lib/synapse/config/schema/node';

const SOURCE = readFileSync(join(__dirname, '..', 'imports', 'homeserver.ts'), 'utf8');
/** Each key of each interface, with the docstring before it. */
const KEYS = [...SOURCE.matchAll(/(?: {2}\/\*\*\n((?: {3}\*.*\n)*?) {3}\*\/\n)?^ {2}readonly '?(\w+)'?\??:/gm)].map(
  ([, doc = '', key]) => ({ key, doc }),
);
const docOf = (name: string) => KEYS.find(({ key }) => key === name)?.doc;

/** The named keys of a schema; what references share is in its definitions. */
function keysOf({ properties = {}, additionalProperties, items, anyOf = [] }: SchemaNode): number {
  const below = [...Object.values(properties), ...(additionalProperties ? [additionalProperties] : []), ...anyOf];
  return [...below, ...(items ? [items] : [])].reduce(
    (sum, node) => sum + keysOf(node),
    Object.keys(properties).length,
  );
}

test('every setting has a summary and a link', () => {
  const definitions = Object.values(schema.$defs) as unknown as SchemaNode[];
  expect(KEYS).toHaveLength([schema as unknown as SchemaNode, ...definitions].reduce((sum, n) => sum + keysOf(n), 0));
  const bare = KEYS.filter(({ doc }) => !/^ {3}\* \S.*\.\n {3}\*\n(.*\n)* {3}\* @see https:\S+\n$/.test(doc));
  expect(bare).toEqual([]);
});

test('a setting has its unit and default where the schema has them', () => {
  expect(docOf('idle_timeout')).toMatch(/A duration such as `'10m'`.*@default '5m'.*#presence\n/s);
  expect(docOf('max_upload_size')).toMatch(/A size such as `'50M'`.*@default '50M'/s);
  expect(docOf('enable_metrics')).toMatch(/@default false/);
});

test('an option outside the manual links to the whole page, an experimental one to its proposal', () => {
  expect(docOf('enable_ephemeral_messages')).toMatch(/config_documentation\.html\n/);
  expect(docOf('msc4143_enabled')).toMatch(/matrix-spec-proposals\/pull\/4143\n/);
});

test('every text belongs to an option', async () => {
  const words = readFileSync(join(__dirname, '..', 'tools', 'homeserver-words.mjs'), 'utf8');
  const names = [...words.matchAll(/^ {2}'?([\w.]+)'?: /gm)].map(([, name]) => name);
  expect(names.length).toBeGreaterThan(300);
  const missing = names.filter((name) => !hasOption(name.split('.')));
  expect(missing).toEqual([]);
});

function hasOption([first, ...rest]: string[]): boolean {
  const shared = (schema.$defs as Record<string, unknown>)[first] as SchemaNode | undefined;
  return shared && rest.length > 0 ? has(shared, rest) : has(schema as unknown as SchemaNode, [first, ...rest]);
}

function has(node: SchemaNode, [key, ...rest]: string[]): boolean {
  if (key === undefined) return true;
  const child = node.properties?.[key];
  if (child) return has(child, rest);
  const below = [node.items, node.additionalProperties, ...(node.anyOf ?? [])];
  return below.some((one) => one !== undefined && one !== false && has(one, [key, ...rest]));
}
