import type { Signatures, Types } from '../../lib/kubernetes/checks/signatures';
import type { Declared, Member } from '../reference/declarations';
import { byText } from '../reference/markdown';
import { isData } from '../reference/props';

/** Reads the signatures of everything that the package exports. */
export function signaturesOf(exported: Declared[]): Signatures {
  const sorted = exported.filter(({ module }) => module.startsWith('lib/')).sort((a, b) => byText(a.name, b.name));
  const entries = <T>(all: Declared[], entryOf: (one: Declared) => T) =>
    Object.fromEntries(all.map((one) => [one.name, entryOf(one)]));
  return {
    calls: Object.fromEntries(sorted.flatMap(callsOf)),
    props: entries(sorted.filter(isData), (one) => propsOf(one, sorted, ({ signature }) => parameterOf(signature))),
    examples: entries(sorted.filter(isData), (one) => propsOf(one, sorted, exampleOf)),
    enums: entries(
      sorted.filter(({ kind }) => kind === 'enum'),
      ({ members }) => Object.fromEntries(members.map(({ signature }) => enumMember(signature))),
    ),
    classes: entries(
      sorted.filter(({ kind }) => kind === 'class'),
      (one) => waysTo(one, sorted),
    ),
    interfaces: entries(
      sorted.filter((one) => one.kind === 'interface' && !isData(one)),
      (one) => ({ members: Object.fromEntries(one.members.map(memberOf)), ways: waysTo(one, sorted) }),
    ),
  };
}

function memberOf({ name, signature }: Member): [name: string, type: string] {
  return signature.startsWith(`${name}(`) ? [name, 'function'] : parameterOf(signature);
}

/** One entry for each prop, those of the bases first. */
function propsOf(one: Declared, all: Declared[], entryOf: (member: Member) => [string, string] | undefined): Types {
  const bases = all.filter(({ name }) => one.bases.includes(name)).map((base) => propsOf(base, all, entryOf));
  const own = one.members.map(entryOf).filter((entry) => entry !== undefined);
  return Object.assign({}, ...bases, Object.fromEntries(own));
}

/** The example in the summary of a text. */
function exampleOf({ name, signature, doc }: Member): [string, string] | undefined {
  const [, example] = /such as `([^`]+)`/.exec(doc.summary) ?? [];
  return example && signature.endsWith(': string') ? [name, example] : undefined;
}

/** The calls with parameters: of a function, or of the constructor and the methods of a class. */
function callsOf(one: Declared): [string, Types][] {
  const members = one.kind === 'class' ? one.members : one.kind === 'function' ? [one] : [];
  return members.flatMap(({ name, signature }): [string, Types][] => {
    const [, isStatic, list] = /^(?:function )?(static )?[\w$]+\((.*)\)(?:: .*)?$/.exec(signature) ?? [];
    if (!list) {
      return [];
    }
    const method = name === 'constructor' ? `new ${one.name}` : `${one.name}${isStatic ? '.' : '#'}${name}`;
    return [[one.kind === 'class' ? method : name, Object.fromEntries(atTopLevel(list).map(parameterOf))]];
  });
}

/** `options?: BackupOptions` as name and type; a pattern such as `{ system, host }: Props` is called props. */
function parameterOf(text: string): [name: string, type: string] {
  const [, pattern, name, type] = /^(?:(\{[^}]*\}|\[[^\]]*\])|((?:\.\.\.)?[\w$]+\??)): (.*)$/.exec(text) ?? [];
  if (type === undefined) {
    throw new Error(`'${text}' is not a parameter that the checks know: give it a name and a type`);
  }
  return [pattern ? 'props' : name, type];
}

/** Splits at the commas that no bracket encloses. */
function atTopLevel(list: string): string[] {
  const result = [''];
  let depth = 0;
  for (const character of list) {
    depth += Number('{([<'.includes(character)) - Number('})]>'.includes(character));
    if (character === ',' && depth === 0) {
      result.push('');
    } else {
      result[result.length - 1] += character;
    }
  }
  return result.map((one) => one.trim());
}

function enumMember(signature: string): [string, string | number] {
  const [, name, value] = /^(\w+) = (.*)$/.exec(signature) ?? [];
  return [name, JSON.parse(value)];
}

/** The factories and constants of its type, anywhere; without any, its constructor or those of a class that is one. */
function waysTo({ name: type, kind }: Declared, all: Declared[]): string[] {
  const ways = all.flatMap(({ name: owner, members }) =>
    members.flatMap(({ name, signature }) => {
      const [, call, parameters, made] = /^static [\w$]+(\((.*)\))?: (\w+)$/.exec(signature) ?? [];
      return made === type ? [`${owner}.${name}${call ? `(${parameters && '…'})` : ''}`] : [];
    }),
  );
  const made = all.filter(({ bases }) => bases.includes(type)).flatMap((one) => waysTo(one, all));
  return ways.length > 0 ? ways : kind === 'class' ? [`new ${type}(…)`] : made;
}
