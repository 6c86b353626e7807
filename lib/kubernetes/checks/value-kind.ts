import { closest } from 'fastest-levenshtein';
import { SIGNATURES } from './signatures';

/** One type of a value, as the checks at run time know it. */
export interface ValueKind {
  /** Whether the value is of this type. */
  readonly matches: (value: unknown) => boolean;
  /** What it is in words, such as `text`. */
  readonly words: string;
  /** What to use instead of a value of another type. */
  readonly remedy: (value: unknown) => string;
}

/** Types of other packages: the member that identifies them, and an expression that returns one. */
const EXTERNAL: { readonly [type: string]: readonly [member: string, way: string] } = {
  ApiObject: ['addJsonPatch', 'an object of cdk8s, such as KubeDeployment'],
  Chart: ['toJson', 'an instance of MatrixChart or Chart'],
  Construct: ['node', 'a construct, such as the App'],
  Cpu: ['amount', "Cpu.millis(500) or parseCpu('500m')"],
  Duration: ['toSeconds', 'Duration.days(1)'],
  IConstruct: ['node', 'a construct, such as a Chart'],
  ISecret: ['name', 'Secret.fromSecretName(…) of cdk8s-plus'],
  Size: ['toMebibytes', "Size.gibibytes(10) or parseSize('10Gi')"],
  Workload: ['matchLabels', 'a Deployment of cdk8s-plus'],
};

const PRIMITIVE: { readonly [type: string]: ValueKind } = {
  string: {
    matches: (value) => typeof value === 'string',
    words: 'text',
    remedy: (value) => (['number', 'boolean'].includes(typeof value) ? `'${value}'` : 'text in quotes'),
  },
  number: {
    matches: Number.isFinite,
    words: 'a number',
    remedy: (value) => (isNumeric(value) ? `${Number(value)}, without quotes` : 'a number, without quotes'),
  },
  boolean: {
    matches: (value) => typeof value === 'boolean',
    words: 'true or false',
    remedy: (value) =>
      value === 'true' || value === 'false' ? `${value}, without quotes` : 'true or false, without quotes',
  },
  function: {
    matches: (value) => typeof value === 'function',
    words: 'a function',
    remedy: () => 'an object with this method',
  },
  unknown: { matches: () => true, words: 'any value', remedy: () => 'any value' },
  HomeserverSettings: { matches: isPlain, words: 'an object', remedy: () => '{ … } with settings of homeserver.yaml' },
};

/** Returns the kind of a type that is neither a list, a mapping nor props. */
export function kindOf(type: string): ValueKind {
  const { enums, classes, interfaces } = SIGNATURES;
  if (Object.hasOwn(enums, type)) {
    return enumKind(type, enums[type]);
  }
  if (Object.hasOwn(classes, type)) {
    return kind(type, classes[type], (object) => brandOf(type) in object);
  }
  if (Object.hasOwn(interfaces, type)) {
    return kind(type, interfaces[type].ways, () => true);
  }
  if (Object.hasOwn(EXTERNAL, type)) {
    const [member, way] = EXTERNAL[type];
    return kind(type, [way], (object) => member in object);
  }
  if (Object.hasOwn(PRIMITIVE, type)) {
    return PRIMITIVE[type];
  }
  throw new Error(`type '${type}' is not known to the checks: add it to EXTERNAL, or use another type`);
}

/** Marks the instances of a public class, even those of another copy of this package. */
export function brandOf(className: string): symbol {
  return Symbol.for(`oriso-matrix/${className}`);
}

/** Whether it is an object as `{ … }` makes it, in any realm. */
export function isPlain(value: unknown): value is Record<string, unknown> {
  const prototype = typeof value === 'object' && value !== null ? Object.getPrototypeOf(value) : undefined;
  return prototype === null || (prototype !== undefined && Object.getPrototypeOf(prototype) === null);
}

function kind(type: string, ways: readonly string[], matches: (object: object) => boolean): ValueKind {
  return {
    matches: (value) => value !== null && ['object', 'function'].includes(typeof value) && matches(value as object),
    words: `${/^I[A-Z]|^[AEIOU]/.test(type) ? 'an' : 'a'} ${type}`,
    remedy: () => listed(ways),
  };
}

function enumKind(type: string, members: { readonly [member: string]: string | number }): ValueKind {
  const names = Object.keys(members).map((member) => `${type}.${member}`);
  return {
    matches: (value) => Object.values(members).includes(value as string),
    words: `a ${type}`,
    remedy: (value) => (typeof value === 'string' ? closest(`${type}.${value.toUpperCase()}`, names) : listed(names)),
  };
}

function listed(ways: readonly string[]): string {
  return new Intl.ListFormat('en', { type: 'disjunction' }).format(ways);
}

function isNumeric(value: unknown): boolean {
  return typeof value === 'string' && value.trim() !== '' && Number.isFinite(Number(value));
}
