// Makes imports/homeserver.schema.json (closed: what Synapse does not read is refused) and imports/homeserver.ts (its types)
// from imports/synapse-config.schema.json, Synapse's own schema, which is open everywhere and wrong in places.
import { readFileSync, writeFileSync } from 'node:fs';
import { compile } from 'json-schema-to-typescript';
import { correct } from './homeserver-corrections.mjs';
import { Docstrings } from './homeserver-docs.mjs';

const imports = new URL('../imports/', import.meta.url);

/** Every keyword that lib/synapse/config/schema/check-shape.ts understands, and those that do not narrow anything. */
const CHECKED = [
  '$ref',
  'anyOf',
  'type',
  'enum',
  'pattern',
  'format',
  'minimum',
  'exclusiveMinimum',
  'maximum',
  'minItems',
  'maxItems',
];
const NESTED = ['required', 'properties', 'additionalProperties', 'items'];
const IGNORED = ['default', 'examples', '$schema', '$id', '$defs'];

const upstream = JSON.parse(readFileSync(new URL('synapse-config.schema.json', imports), 'utf8'));
const schema = close(correct(upstream), '');
const definitions = mapValues(schema.$defs, (node, name) => close(node, `$defs.${name}`));

writeFileSync(
  new URL('homeserver.schema.json', imports),
  `${JSON.stringify({ $schema: upstream.$schema, type: 'object', ...bare(schema), $defs: mapValues(definitions, bare) }, null, 1)}\n`,
);
writeFileSync(new URL('homeserver.ts', imports), await types());

/** Refuses extra keys at every level, except where `additionalProperties` says that the names are the user's own. */
function close(node, path) {
  const unknown = Object.keys(node).filter((k) => ![...CHECKED, ...NESTED, ...IGNORED].includes(k));
  if (unknown.length > 0) {
    throw new Error(`${path}: the checker does not understand ${unknown}, write it in other words in the corrections`);
  }
  const result = { ...node };
  if (typesOf(node).includes('object')) {
    if (!node.properties && node.additionalProperties === undefined) {
      throw new Error(`${path}: a mapping without known keys, name them or declare it open in the corrections`);
    }
    if (node.properties) result.properties = mapValues(node.properties, (n, k) => close(n, `${path}.${k}`));
    result.additionalProperties =
      typeof node.additionalProperties === 'object' ? close(node.additionalProperties, `${path}.*`) : false;
  }
  if (typesOf(node).includes('array')) {
    if (!node.items) throw new Error(`${path}: a list without item type, give it one in the corrections`);
    result.items = close(node.items, `${path}[]`);
  }
  if (node.anyOf) result.anyOf = node.anyOf.map((n) => close(n, path));
  return result;
}

/** The node without what only this program reads: defaults and examples. */
function bare(node) {
  if (Array.isArray(node)) return node.map(bare);
  const kept = Object.entries(node).filter(([k]) => CHECKED.includes(k) || NESTED.includes(k));
  return Object.fromEntries(
    kept.map(([k, v]) => {
      if (k === 'properties') return [k, mapValues(v, bare)];
      const nested = k === 'items' || k === 'anyOf' || (k === 'additionalProperties' && v !== false);
      return [k, nested ? bare(v) : v];
    }),
  );
}

async function types() {
  const docstrings = new Docstrings(Object.keys(upstream.properties));
  const shared = mapValues(definitions, (node, name) => canonical(node, name, name));
  const source = await compile({ ...canonical(schema, '', ''), title: 'HomeserverSettings' }, 'HomeserverSettings', {
    bannerComment: '',
    unknownAny: true,
    style: { singleQuote: true, printWidth: 120 },
  });
  const readonly = source
    .replace(/^(\s+)((?:[\w'.-]+\??|\[k: string\]): )/gm, '$1readonly $2')
    .replaceAll('true | false', 'boolean');
  return `// Generated from synapse-config.schema.json by "npm run import", do not edit.\n\n${docstrings.into(readonly)}`;

  /** One form for each value: durations and sizes as text, no null that means the same as leaving the key out. */
  function canonical(node, name, path) {
    if (node.$ref) {
      const target = node.$ref.replace('#/$defs/', '');
      return ['duration', 'positive_duration', 'bytes'].includes(target) ? { type: 'string' } : shared[target];
    }
    const nullMatters = node.default !== undefined && node.default !== null;
    if (node.anyOf) {
      const forms = node.anyOf.filter((n) => n.type !== 'null').map((n) => canonical(n, name, path));
      if (nullMatters) forms.push({ type: 'null' });
      return forms.length === 1 ? forms[0] : { anyOf: forms };
    }
    if (node.enum) return { enum: node.enum.filter((v) => v !== null || nullMatters) };
    const forms = typesOf(node);
    const form = ['object', 'array', 'integer', 'number', 'boolean', 'string'].find((t) => forms.includes(t));
    if (form === undefined) return {};
    if (form === 'object') {
      const title = name === '' ? 'HomeserverSettings' : `${pascal(name).replace(/Settings$/, '')}Settings`;
      docstrings.note(title, path, node.properties ?? {});
      return {
        // A mapping of the user's own names needs no name itself.
        ...(node.properties ? { title } : {}),
        type: 'object',
        required: node.required ?? [],
        properties: mapValues(node.properties ?? {}, (n, k) => canonical(n, `${name}_${k}`, path ? `${path}.${k}` : k)),
        additionalProperties: node.additionalProperties && canonical(node.additionalProperties, singular(name), path),
      };
    }
    if (form === 'array') {
      return { type: 'array', items: canonical(node.items, singular(name), path) };
    }
    const simple = form === 'integer' ? 'number' : form;
    return nullMatters && forms.includes('null') ? { type: [simple, 'null'] } : { type: simple };
  }
}

function typesOf(node) {
  return node.type === undefined ? [] : [node.type].flat();
}

function mapValues(object, f) {
  return Object.fromEntries(Object.entries(object).map(([k, v]) => [k, f(v, k)]));
}

function singular(name) {
  return name.replace(/ies$/, 'y').replace(/s$/, '');
}

function pascal(name) {
  return name
    .split('_')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
}
