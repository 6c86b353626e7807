import { closest } from 'fastest-levenshtein';
import { SIGNATURES, type Types } from './signatures';
import { isPlain, kindOf } from './value-kind';

/** Where a value was given, and an example of a right one. */
export interface Place {
  /** The prop, such as `keep.daily`; empty for the props themselves. */
  readonly name: string;
  readonly example?: string;
}

/**
 * Returns what is wrong with a value, one sentence each, with what to use instead.
 *
 * @param type the type as TypeScript writes it.
 */
export function problemsOf(type: string, value: unknown, place: Place): string[] {
  const { name } = place;
  const [, element] = /^(.*)\[\]$/.exec(type) ?? [];
  if (element !== undefined) {
    return Array.isArray(value)
      ? [...value].flatMap((one, index) => problemsOf(element, one, { name: `${name}[${index}]` }))
      : [wrong(name, 'a list', value, '[…], even for one')];
  }
  const [, entry] = /^\{ \[\w+: string\]: (.*) \}$/.exec(type) ?? [];
  if (entry !== undefined) {
    return isPlain(value)
      ? Object.entries(value).flatMap(([key, one]) => problemsOf(entry, one, { name: `${name}['${key}']` }))
      : [wrong(name, 'an object', value, '{ name: … }')];
  }
  if (Object.hasOwn(SIGNATURES.props, type)) {
    return isPlain(value)
      ? [...unknownProps(type, value, name), ...memberProblems(type, SIGNATURES.props[type], value, name)]
      : [wrong(name || 'props', 'an object', value, `{ … } with ${namesOf(SIGNATURES.props[type]).join(', ')}`)];
  }
  const { matches, words, remedy } = kindOf(type);
  if (!matches(value)) {
    return [wrong(name, words, /Secret/.test(type) ? withheld(value) : value, place.example ?? remedy(value))];
  }
  const members = Object.hasOwn(SIGNATURES.interfaces, type) ? SIGNATURES.interfaces[type].members : {};
  return memberProblems(type, members, value as object, name);
}

/** Returns the names of parameters or props without the marks of the signature. */
export function namesOf(types: Types): string[] {
  return Object.keys(types).map((name) => name.replace(/^\.\.\.|\?$/g, ''));
}

/** Whether a parameter or prop may be left out. */
export function isOptional(name: string): boolean {
  return name.endsWith('?');
}

function memberProblems(owner: string, types: Types, given: object, place: string): string[] {
  const names = namesOf(types);
  return Object.entries(types).flatMap(([marked, type], index) => {
    const name = names[index];
    const value = Reflect.get(given, name);
    const example = SIGNATURES.examples[owner]?.[name];
    return value === undefined && isOptional(marked)
      ? []
      : problemsOf(type, value, { name: within(place, name), example: example && `'${example}' or such` });
  });
}

function unknownProps(type: string, given: object, place: string): string[] {
  const known = namesOf(SIGNATURES.props[type]);
  return Object.keys(given)
    .filter((name) => !known.includes(name))
    .map((name) => {
      const sameLetters = known.find((one) => one.toLowerCase() === name.toLowerCase());
      return `${within(place, name)} does not exist: use ${sameLetters ?? closest(name, known)}, or leave it out`;
    });
}

const within = (place: string, name: string) => (place ? `${place}.${name}` : name);

function wrong(name: string, words: string, value: unknown, remedy: string): string {
  return value === undefined
    ? `${name} is missing: use ${remedy}`
    : `${name} must be ${words}, got ${described(value)}: use ${remedy}`;
}

/** Text in the place of a reference may be the secret itself. */
function withheld(value: unknown): unknown {
  return typeof value === 'string' ? '(value withheld)' : value;
}

function described(value: unknown): string {
  if (value === null || ['number', 'boolean', 'bigint', 'undefined'].includes(typeof value)) {
    return String(value);
  }
  if (Array.isArray(value)) {
    return 'a list';
  }
  if (typeof value === 'object') {
    return isPlain(value) ? 'an object' : `an instance of ${(value as object).constructor.name}`;
  }
  return typeof value === 'string' ? `the text '${value}'` : `a ${typeof value}`;
}
