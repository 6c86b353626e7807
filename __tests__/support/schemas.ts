import { readdirSync, readFileSync } from 'node:fs';
import { isIPv4, isIPv6 } from 'node:net';
import { join } from 'node:path';
import Ajv from 'ajv/dist/2020';
import { parseAllDocuments } from 'yaml';
import * as kubernetes from './kubernetes.schema.json';
import type { Manifest } from './manifests';

const CRDS = join(__dirname, '../../imports/crds');

interface Schema {
  readonly [keyword: string]: unknown;
  readonly properties?: { readonly [name: string]: Schema };
  readonly items?: Schema;
  readonly additionalProperties?: unknown;
}

const ajv = new Ajv({
  strict: true,
  // Schemas of custom resources give the type of a value once, and its alternatives none.
  strictTypes: false,
  allErrors: true,
  verbose: true,
  formats: { 'date-time': true, int32: true, int64: true, ipv4: isIPv4, ipv6: isIPv6 },
});
ajv.addKeyword({
  keyword: 'uniqueBy',
  type: 'array',
  // What Kubernetes merges by these keys when it is applied again.
  validate: (keys: string[], items: Manifest[]) =>
    new Set(items.map((item) => JSON.stringify(keys.map((key) => item[key])))).size === items.length,
});
ajv.addVocabulary(
  ['validations', 'list-type', 'list-map-keys', 'map-type', 'int-or-string'].map((name) => `x-kubernetes-${name}`),
);
ajv.addSchema({ ...kubernetes, $id: 'urn:schema:kubernetes' });
for (const file of readdirSync(CRDS)) {
  for (const document of parseAllDocuments(readFileSync(join(CRDS, file), 'utf8'))) {
    const { group, names, versions } = document.toJS().spec;
    ajv.addSchema(customResource(names.kind, versions), `${group}/v1 ${names.kind}`);
  }
}

/** Where each kind is in kubernetes.schema.json. */
const DEFINITIONS = new Map(
  Object.entries(kubernetes.$defs).flatMap(([name, { properties }]: [string, Schema]) => {
    const [version, kind] = [properties?.apiVersion?.const, properties?.kind?.const];
    return kind ? [[`${version} ${kind}`, `urn:schema:kubernetes#/$defs/${name}`]] : [];
  }),
);

/** What the API server would refuse, or drop without a word, in an object; empty when it takes it as it is. */
export function refusals(manifest: Manifest): string[] {
  const kind = `${manifest.apiVersion} ${manifest.kind}`;
  const validate = ajv.getSchema(DEFINITIONS.get(kind) ?? kind);
  if (!validate) {
    return [`${kind} is not among the imported schemas`];
  }
  validate(manifest);
  return (validate.errors ?? []).map(
    ({ instancePath, message, params, data }) =>
      `${kind} ${manifest.metadata?.name}${instancePath} ${message} ${JSON.stringify(params)}: ${JSON.stringify(data)}`,
  );
}

/**
 * Defaults that the API server would add to the lists of a custom resource. A list that is applied again without them
 * is a difference for GitOps tools, and a conflict for server-side apply.
 */
export function missingDefaults(manifest: Manifest): string[] {
  const schema = ajv.getSchema(`${manifest.apiVersion} ${manifest.kind}`)?.schema;
  return schema ? missingIn(schema as Schema, manifest, '', false) : [];
}

function missingIn({ properties = {}, items }: Schema, value: unknown, path: string, inList: boolean): string[] {
  if (Array.isArray(value)) {
    return value.flatMap((one, index) => missingIn(items ?? {}, one, `${path}/${index}`, true));
  }
  return Object.entries(properties).flatMap(([name, child]) => {
    const one = (value as Manifest)?.[name];
    const missing = inList && one === undefined && 'default' in child;
    return missing ? [`${path}/${name}`] : one === undefined ? [] : missingIn(child, one, `${path}/${name}`, inList);
  });
}

/** The schema of a custom resource, closed as the API server's field validation has it. */
function customResource(kind: string, versions: Manifest[]): Schema {
  const [v1] = versions.filter(({ name }) => name === 'v1');
  const { properties, ...schema } = v1.schema.openAPIV3Schema;
  const { status, metadata, ...ours } = properties;
  return closed({
    ...schema,
    properties: {
      ...ours,
      kind: { const: kind },
      metadata: { $ref: 'urn:schema:kubernetes#/$defs/apimachinery.pkg.apis.meta.v1.ObjectMeta' },
    },
    required: ['kind', 'metadata', 'spec'],
  });
}

function closed({ pattern, ...schema }: Schema): Schema {
  const { properties, items, additionalProperties } = schema;
  const children = Object.entries(properties ?? {}).map(([name, child]) => [name, closed(child)]);
  return {
    ...schema,
    // JavaScript has no flags within an expression.
    ...(typeof pattern === 'string' && !pattern.includes('(?i)') ? { pattern } : {}),
    ...(properties ? { properties: Object.fromEntries(children), additionalProperties: false } : {}),
    ...(items ? { items: closed(items) } : {}),
    ...(typeof additionalProperties === 'object'
      ? { additionalProperties: closed(additionalProperties as Schema) }
      : {}),
  };
}
