import { formsOf, type SchemaNode, typesOf } from '../../lib/synapse/config/schema/node';

/** Values of each type: some that fit, and the mistakes that people make. */
const BY_TYPE: Readonly<Record<string, readonly unknown[]>> = {
  boolean: [true, false, 'false'],
  integer: [0, 1, -1, 1.5, 'abc', 1e15],
  number: [0, 0.5, 5, -1, 'abc'],
  string: ['', 'abc', '[', '/nowhere', 5],
  array: [[], 'abc'],
  object: [{}, 'abc'],
};

/** Amounts with a unit. */
const DURATIONS = ['5m', 0, 1000, -1, '', '1.5h', '5 minutes', '5mo'];
const SIZES = ['5', '50M', 0, -1, '', '1.5M', '50MB', '50m'];

/** Texts of a certain form: one that has it and near misses, by words in the option's name. */
const BY_NAME: readonly (readonly [RegExp, readonly string[]])[] = [
  [/ip_range|bind_addresses/, ['10.0.0.0/8', '10.0.0.1', '::1/128', '10.0.0.0/99', '10.0.0.300', 'example.org']],
  [/rooms?(_from_\w+|_id)?(\[\])?$|\.alias$/, ['#a:example.org', '!a:example.org', '#general', '#a:b:c:d']],
  [
    /url$|uri(s\[\])?$|endpoint$|issuer$|_api$|location$|proxy$/,
    ['https://a.example', 'http://', 'ftp://a', '//a', 'a.example'],
  ],
  [
    /domain|server_name$|hosts|verification_whitelist/,
    ['example.org', '*.example.org', 'a_b', 'https://example.org', 'a:b'],
  ],
  [/user(name|_id|s\[\])?$|mxid_localpart/, ['@a:example.org', '@a', 'A', '@a:', '*']],
  [/version$/, ['1', '9', '11', '12', '99', '1.2', '1.3', '1.4']],
  [
    /_from$|address$|admin_contact$/,
    ['a@example.org', 'A <a@example.org>', '%(app)s <a@example.org>', '%(nope)s', '%'],
  ],
  [/pattern$/, ['.*', '(', '*']],
  [/module$/, ['synapse.storage', 'synapse.nowhere.Module']],
  [/algorithm$|alg$|alg_values/, ['HS256', 'RS256', 'HS257']],
  [/medium$|3pid\[\]$/, ['email', 'msisdn', 'Email', 'phone']],
  [/icon$|avatar_url$/, ['mxc://example.org/a', 'mxc://', 'https://a.example/a.png']],
  [/subjects/, ['%(app)s', '%(nope)s', '%']],
  [/language\[\]$/, ['de', 'de;q=5']],
];

/** Whole numbers at the borders of what ports, rounds and modes may be. */
const NUMBERS_BY_NAME: readonly (readonly [RegExp, readonly unknown[]])[] = [
  [/port$/, [25, 65535, 65536]],
  [/rounds$/, [3, 4, 12, 31, 32]],
  [/mode$/, [0o666, '666']],
];

/** Odd and ordinary values for an option; those of wrong types are few, because Synapse takes most of them in silence. */
export function oddValues(option: string, node: SchemaNode): unknown[] {
  const forms = formsOf(node);
  const values = forms.flatMap((form) => [...(form.enum ?? []), ...valuesOf(option, form)]);
  const given = [...values, ...(forms.some(({ enum: words }) => words) ? ['abc', 5] : []), null];
  return [...new Map(given.map((value) => [JSON.stringify(value), value])).values()];
}

function valuesOf(option: string, form: SchemaNode): unknown[] {
  if (form.pattern !== undefined) return form.pattern.includes('K') ? SIZES : DURATIONS;
  if (form.enum !== undefined) return [];
  return typesOf(form).flatMap((type) => [...(BY_TYPE[type] ?? []), ...special(option, type)]);
}

function special(option: string, type: string): unknown[] {
  const table = type === 'string' ? BY_NAME : type === 'integer' ? NUMBERS_BY_NAME : [];
  return table.flatMap(([name, values]) => (name.test(option) ? values : []));
}
