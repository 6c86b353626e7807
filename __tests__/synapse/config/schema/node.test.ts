import * as closed from '../../../../imports/homeserver.schema.json';
import * as upstream from '../../../../imports/synapse-config.schema.json';
import { formsOf, matchesType, type SchemaNode } from '../../../../lib/synapse/config/schema/node';

test('knows every option of the published schema, but the one that Synapse never reads', () => {
  const missing = Object.keys(upstream.properties).filter((key) => !Object.hasOwn(closed.properties, key));
  expect(missing).toEqual(['allow_underscore_prefixed_registration']);
});

test('is closed at every level, unless the names are the user’s own', () => {
  const open: string[] = [];
  const walk = (node: unknown, path: string): void => {
    if (typeof node !== 'object' || node === null) return;
    const { type, additionalProperties } = node as Record<string, unknown>;
    if ([type].flat().includes('object') && additionalProperties !== false) open.push(path);
    for (const [key, child] of Object.entries(node)) {
      if (key !== 'default') walk(child, key === 'properties' || key === '$defs' ? path : `${path}/${key}`);
    }
  };
  walk(closed, '');
  expect(open).toMatchSnapshot();
});

test('follows references and alternatives to the forms that a value may take', () => {
  const forms = formsOf({ anyOf: [{ $ref: '#/$defs/bytes' }, { type: 'null' }] });
  expect(forms).toEqual([closed.$defs.bytes, { type: 'null' }]);
});

test.each<[SchemaNode, unknown[], unknown[]]>([
  [{ type: 'integer' }, [0, -1], [1.5, '1', Number.NaN, 2 ** 60, null]],
  [{ type: 'number' }, [1, 1.5], ['1', Number.NaN, Infinity]],
  [{ type: 'boolean' }, [true, false], ['true', 0, null]],
  [{ type: ['string', 'null'] }, ['', null], [0, []]],
  [{ type: 'array' }, [[]], [{}, 'a']],
  [{ type: 'object' }, [{}], [[], null, new Date(0)]],
  // Without a type: whatever YAML can write.
  [{}, ['a', 1, true, null, [], {}], [() => 1, Number.NaN, new Map()]],
])('%j accepts %j and refuses %j', (node, right, wrong) => {
  expect(right.map((value) => matchesType(node, value))).toEqual(right.map(() => true));
  expect(wrong.map((value) => matchesType(node, value))).toEqual(wrong.map(() => false));
});
