import { Construct } from 'constructs';
import { errorsNameFactory, errorsNamePath } from './error-place';
import { SIGNATURES } from './signatures';
import { brandOf } from './value-kind';
import { isOptional, namesOf, problemsOf } from './value-type';

/**
 * Class decorator of everything public: arguments of the constructor and the methods are checked against their types,
 * and errors name the construct or factory.
 *
 * Plain JavaScript, and values from the environment, can be of any type.
 *
 * @see imports/signatures.json, which `npm run build` writes
 */
// biome-ignore lint/complexity/noBannedTypes: the only type of classes with a private constructor
export function checked<T extends Function>(type: T): T {
  const methods = Object.keys(SIGNATURES.calls).filter(
    (call) => call.startsWith(`${type.name}.`) || call.startsWith(`${type.name}#`),
  );
  for (const call of methods) {
    const [, kind, name] = /^\w+([.#])(.*)$/.exec(call) ?? [];
    checkMethod(kind === '.' ? type : type.prototype, name, call);
  }
  Object.defineProperty(type.prototype, brandOf(type.name), { value: true });
  const created = new Proxy(type, {
    construct: (target, given, newTarget) => {
      checkCall(`new ${type.name}`, given);
      return Reflect.construct(target, given, newTarget);
    },
  });
  return type.prototype instanceof Construct ? errorsNamePath(created) : errorsNameFactory(created);
}

/**
 * Checks the arguments of a public call.
 *
 * @throws with one sentence for each argument or prop that is missing, misspelt, or of another type.
 */
export function checkCall(call: string, given: readonly unknown[]): void {
  const types = SIGNATURES.calls[call] ?? {};
  const names = namesOf(types);
  const problems = Object.entries(types).flatMap(([marked, type], index) => {
    const value = marked.startsWith('...') ? given.slice(index) : given[index];
    const name = ['props', 'options'].includes(names[index]) ? '' : names[index];
    return value === undefined && isOptional(marked) ? [] : problemsOf(type, value, { name });
  });
  if (problems.length > 0) {
    // The path is put before the messages of constructs.
    const place = names[0] === 'scope' ? '' : `${call.replace('#', '.')}: `;
    throw new Error(`${place}${problems.length === 1 ? problems[0] : ['', ...problems].join('\n  - ')}`);
  }
}

function checkMethod(owner: object, name: string, call: string): void {
  const method = Reflect.get(owner, name);
  Object.defineProperty(owner, name, {
    ...Object.getOwnPropertyDescriptor(owner, name),
    value(this: unknown, ...given: unknown[]) {
      checkCall(call, given);
      return Reflect.apply(method, this, given);
    },
  });
}
