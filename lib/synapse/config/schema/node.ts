import * as imported from '../../../../imports/homeserver.schema.json';
import { isMapping } from '../path';

/** The part of JSON Schema that the imported schema uses; `tools/import-homeserver.mjs` fails on any other keyword. */
export interface SchemaNode {
  readonly $ref?: string;
  readonly anyOf?: readonly SchemaNode[];
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly pattern?: string;
  readonly minimum?: number;
  readonly exclusiveMinimum?: number;
  readonly maximum?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  /** A name in `FORMATS`. */
  readonly format?: string;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly additionalProperties?: false | SchemaNode;
  readonly items?: SchemaNode;
}

/** Everything that homeserver.yaml may contain. */
export const ROOT = imported as unknown as SchemaNode & { readonly $defs: Readonly<Record<string, SchemaNode>> };

/** The forms that a value may take here, with references resolved. */
export function formsOf(node: SchemaNode): readonly SchemaNode[] {
  if (node.anyOf !== undefined) return node.anyOf.flatMap(formsOf);
  return [node.$ref === undefined ? node : ROOT.$defs[node.$ref.slice('#/$defs/'.length)]];
}

/** The JSON types of the node. */
export function typesOf(node: SchemaNode): readonly string[] {
  return node.type === undefined ? [] : [node.type].flat();
}

/** Whether the value has one of the node's types; its content is not checked. */
export function matchesType(node: SchemaNode, value: unknown): boolean {
  const types = typesOf(node);
  if (types.length === 0) return node.enum !== undefined || isPlain(value);
  return types.some((type) => {
    if (type === 'null') return value === null;
    if (type === 'array') return Array.isArray(value);
    if (type === 'object') return isMapping(value);
    if (type === 'integer') return Number.isSafeInteger(value);
    return type === 'number' ? Number.isFinite(value) : typeof value === type;
  });
}

/** Whether YAML can express it. */
function isPlain(value: unknown): boolean {
  if (typeof value === 'number') return Number.isFinite(value);
  return (
    value === null ||
    typeof value === 'string' ||
    typeof value === 'boolean' ||
    Array.isArray(value) ||
    isMapping(value)
  );
}
