import { App } from 'cdk8s';
import * as library from '../../../lib';
import { SIGNATURES, type Types } from '../../../lib/kubernetes/checks/signatures';
import { isOptional, namesOf, problemsOf } from '../../../lib/kubernetes/checks/value-type';

/** Values as plain JavaScript or the environment may give them. */
const ODD: [string, unknown][] = [
  ['null', null],
  ['text', 'traefik'],
  ['the text false', 'false'],
  ['the text 587', '587'],
  ['a number', 7],
  ['NaN', Number.NaN],
  ['a boolean', true],
  ['a list', [undefined]],
  ['an object', { odd: true }],
  ['a date', new Date(0)],
  ['a function', () => undefined],
  ['another part', library.Discovery.none()],
];

interface Case {
  /** The prop, as a message names it. */
  readonly place: string;
  readonly type: string;
  /** Puts a value into its place in an argument. */
  readonly put: (value: unknown) => unknown;
}

/** A parameter, and every prop below it. */
function casesOf(type: string, place: string, put: Case['put'], depth = 0): Case[] {
  const own = { place, type, put };
  const types = SIGNATURES.props[type];
  if (types === undefined || depth > 3) {
    const element = /^(.*)\[\]$/.exec(type)?.[1];
    return element === undefined
      ? [own]
      : [own, ...casesOf(element, `${place}[0]`, (value) => put([value]), depth + 1)];
  }
  return [
    own,
    ...Object.entries(types).flatMap(([marked, propType]) => {
      const [name] = namesOf({ [marked]: propType });
      const within = place && !['props', 'options'].includes(place) ? `${place}.${name}` : name;
      return casesOf(propType, within, (value) => put({ [name]: value }), depth + 1);
    }),
  ];
}

/** Calls something of the library by its name in the signatures. */
function call(name: string, given: unknown[]): unknown {
  const all = library as unknown as { [name: string]: { [method: string]: unknown } & { prototype: object } };
  const [, created, owner, kind, method] = /^(new )?(\w+)(?:([.#])(\w+))?$/.exec(name) ?? [];
  if (created) {
    return Reflect.construct(all[owner] as unknown as new () => object, given);
  }
  const target =
    kind === undefined ? all[owner] : kind === '.' ? all[owner][method] : Reflect.get(all[owner].prototype, method);
  return Reflect.apply(target as () => unknown, kind === '.' ? all[owner] : { node: { path: 'chart' } }, given);
}

function messageOf(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    expect(error).not.toBeInstanceOf(TypeError);
    return (error as Error).message;
  }
  return '(no error)';
}

const CALLS = Object.entries(SIGNATURES.calls);

describe.each(CALLS)('%s', (name, types: Types) => {
  const parameters = namesOf(types);
  const scope = parameters[0] === 'scope' && parameters[1] === 'id' ? [new App(), 'name'] : [];
  const argumentsWith = (index: number, value: unknown) =>
    [...scope, ...Array(index).fill(undefined)].slice(0, index).concat([value]);
  const cases = Object.entries(types).flatMap(([marked, type], index) =>
    casesOf(
      marked.startsWith('...') ? type.slice(0, -2) : type,
      marked.startsWith('...') ? `${parameters[index]}[0]` : parameters[index],
      (value) => argumentsWith(index, value),
    ),
  );

  it.each(cases.map((one): [string, Case] => [`${one.place}: ${one.type}`, one]))(
    'refuses odd values of %s',
    (_, { place, type, put }) => {
      for (const [what, value] of ODD.filter(([, odd]) => problemsOf(type, odd, { name: 'x' }).length > 0)) {
        const message = messageOf(() => call(name, put(value) as unknown[]));
        expect([what, message]).toEqual([
          what,
          expect.stringContaining(['props', 'options'].includes(place) ? '' : place),
        ]);
        expect([what, message]).toEqual([what, expect.stringMatching(/: use /)]);
      }
    },
  );

  it('refuses a call without arguments, when it needs one', () => {
    const needed = Object.keys(types).filter((one) => !isOptional(one) && !one.startsWith('...'));
    expect(needed.length === 0 || /missing: use /.test(messageOf(() => call(name, [])))).toBe(true);
  });
});

it('names the construct, the prop and the nearest prop for a misspelt one', () => {
  const message = messageOf(
    () => new library.MatrixChart(new App(), 'matrix', { namespce: 'caritas', serverName: 'example.org' } as never),
  );
  expect(message).toBe(
    [
      '[matrix] ',
      '  - namespce does not exist: use namespace, or leave it out',
      "  - publicBaseUrl is missing: use 'https://matrix.example.org' or such",
      '  - namespace is missing: use text in quotes',
    ].join('\n'),
  );
});

it('does not repeat text in the place of a secret', () => {
  const message = messageOf(() => library.DatabaseTls.verifiedBy('hunter2' as never));
  expect(message).not.toContain('hunter2');
  expect(message).toContain('SecretKey.fromSecretName(…)');
});

it('accepts parts of another copy of the package', () => {
  jest.isolateModules(() => {
    const other = jest.requireActual<typeof library>('../../../lib');
    expect(other.Backups).not.toBe(library.Backups);
    expect(() => library.Backups.to(other.BackupRepository.claim())).not.toThrow();
  });
});

it('lets a class be extended', () => {
  class Own extends library.MatrixChart {}
  const chart = new Own(new App(), 'own', {
    namespace: 'own',
    serverName: 'example.org',
    publicBaseUrl: 'https://matrix.example.org',
  });
  expect(chart).toBeInstanceOf(Own);
  expect(chart).toBeInstanceOf(library.MatrixChart);
});
