import type { Construct } from 'constructs';

type Method = (this: unknown, ...args: unknown[]) => unknown;

const withPath = new WeakSet<object>();
const withFactory = new WeakSet<object>();

/**
 * Makes every error that leaves a construct's constructor or methods begin with its path.
 *
 * An error that passes several constructs names the innermost one. The form is that of cdk8s' own validation errors.
 */
// biome-ignore lint/complexity/noBannedTypes: as in `checked`
export function errorsNamePath<T extends Function>(target: T): T {
  wrapMethods(target.prototype, (error, self) => addPlace(withPath, error, `[${(self as Construct).node.path}] `));
  return new Proxy(target, {
    construct(inner, args, outer) {
      try {
        return Reflect.construct(inner, args, outer);
      } catch (error) {
        const path = [args[0]?.node?.path, args[1]].filter(Boolean).join('/');
        throw addPlace(withPath, error, `[${path}] `);
      }
    },
  });
}

/** Makes every error that leaves a static method begin with its name, such as `Postgres.external: `. */
// biome-ignore lint/complexity/noBannedTypes: as in `checked`
export function errorsNameFactory<T extends Function>(target: T): T {
  const { name } = target;
  wrapMethods(target, (error, _, method) => addPlace(withFactory, error, `${name}.${method}: `));
  return target;
}

function wrapMethods(holder: object, placed: (error: unknown, self: unknown, method: string) => unknown): void {
  for (const [key, property] of Object.entries(Object.getOwnPropertyDescriptors(holder))) {
    const method: unknown = property.value;
    if (key === 'constructor' || typeof method !== 'function') {
      continue;
    }
    const wrapped: Method = function (...args) {
      try {
        return Reflect.apply(method, this, args);
      } catch (error) {
        throw placed(error, this, key);
      }
    };
    Object.defineProperty(holder, key, { ...property, value: wrapped });
  }
}

/** Changes the error itself, so that its type, stack and cause stay. */
function addPlace(placed: WeakSet<object>, error: unknown, place: string): unknown {
  if (error instanceof Error && !placed.has(error)) {
    placed.add(error);
    const { message, stack } = error;
    error.message = message.startsWith(place.trimEnd().replace(/:$/, '')) ? message : place + message;
    error.stack = stack?.replace(message, () => error.message);
  }
  return error;
}
