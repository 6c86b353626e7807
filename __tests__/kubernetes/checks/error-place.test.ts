import { Chart, Size, Testing } from 'cdk8s';
import { Construct } from 'constructs';
import * as library from '../../../lib';
import { BackupRepository, Backups, MatrixApp, MatrixChart, Postgres, parseSize, SecretKind } from '../../../lib';
import { errorsNameFactory, errorsNamePath } from '../../../lib/kubernetes/checks/error-place';
import { emptyChart, systemIn } from '../../support/parts';

type AnyConstruct = new (scope: Construct, id: string, props: unknown) => Construct;

/** Fails as soon as a prop of it is read. */
const BROKEN = new Proxy(
  {},
  {
    get: () => {
      throw new TypeError('broken');
    },
  },
);
const CLASSES = Object.entries<unknown>(library).flatMap(([name, one]) =>
  typeof one === 'function' ? [[name, one as AnyConstruct] as const] : [],
);
const CONSTRUCTS = CLASSES.filter(([name, { prototype }]) => prototype instanceof Construct && name !== 'MatrixApp');
const FACTORIES = CLASSES.flatMap(([name, one]) =>
  Object.entries(Object.getOwnPropertyDescriptors(one))
    .filter(([method, { value }]) => typeof value === 'function' && value !== one.prototype && !method.startsWith('_'))
    // It only reads what constructs have declared.
    .filter(([method]) => method !== 'connections')
    .map(([method, { value }]) => [`${name}.${method}`, one, value] as const),
);

function errorOf(run: () => unknown): Error | undefined {
  try {
    run();
    return undefined;
  } catch (error) {
    return error as Error;
  }
}

it('knows the constructs and the factories', () => {
  expect(CONSTRUCTS.length).toBeGreaterThanOrEqual(9);
  expect(FACTORIES.length).toBeGreaterThanOrEqual(30);
});

it.each(CONSTRUCTS)('an error in the constructor of %s begins with its path', (_, one) => {
  const error = errorOf(() => new one(new Chart(Testing.app(), 'tenant'), 'Part', BROKEN));
  expect(error?.message).toBe('[tenant/Part] broken');
});

it.each(FACTORIES)('an error in %s begins with its name', (name, self, method) => {
  const error = errorOf(() => method.call(self, BROKEN, BROKEN));
  // A factory that reads nothing yet leaves the errors to the construct.
  expect(error?.message ?? name).toMatch(new RegExp(`^${name.replace('.', '\\.')}`));
});

it('among 54 systems, an error names the chart, the part and the prop', () => {
  const app = new MatrixApp();
  const chartOf = (index: number) =>
    new MatrixChart(app, `tenant-${index}`, {
      namespace: `tenant-${index}`,
      serverName: `tenant-${index}.example.org`,
      publicBaseUrl: `https://matrix.tenant-${index}.example.org`,
      backups: Backups.to(BackupRepository.claim(), { storage: parseSize(index === 31 ? '10Gi' : '100Gi') }),
    });
  const error = errorOf(() => Array.from({ length: 54 }, (_, index) => chartOf(index)));
  expect(error?.message).toMatch(/^\[tenant-31\/Backups\] storage 10Gi /);
});

it('fails with the path when a method is called after the constructor', () => {
  const system = systemIn(emptyChart());
  system.secret('matrix-turn-secret', 'shared_secret', SecretKind.PASSWORD);
  const again = () => system.secret('matrix-turn-secret', 'shared_secret', SecretKind.SIGNING_KEY);
  expect(again).toThrow(new RegExp(`^\\[${system.node.path}\\] key 'shared_secret' `));
});

it('names a factory and the construct in which it was called', () => {
  @errorsNamePath
  class Part extends Construct {
    constructor(scope: Construct, id: string) {
      super(scope, id);
      Postgres.external({ host: 'https://db', credentials: library.SecretKey.fromSecretName('a', 'b') });
    }
  }
  expect(errorOf(() => new Part(Testing.chart(), 'Part'))?.message).toMatch(
    /^\[test\/Part\] Postgres\.external: host 'https:\/\/db' /,
  );
});

it('keeps type, stack and results', () => {
  @errorsNamePath
  class Part extends Construct {
    public sum(a: number, b: number): number {
      return a + b;
    }

    public fail(): void {
      throw new RangeError('a $& b');
    }
  }
  @errorsNameFactory
  class Maker {
    public static readonly ONE = new Maker(1);
    public static of(value: number): Maker {
      return new Maker(value);
    }
    private constructor(public readonly value: number) {}
  }
  class Own extends Part {}
  const part = new Own(Testing.chart(), 'Part');
  const error = errorOf(() => part.fail());
  expect([part.sum(1, 2), Maker.of(3).value, Maker.ONE instanceof Maker, part instanceof Part]).toEqual([
    3,
    3,
    true,
    true,
  ]);
  expect(error).toBeInstanceOf(RangeError);
  expect(error?.message).toBe('[test/Part] a $& b');
  expect(error?.stack).toMatch(/^RangeError: \[test\/Part\] a \$& b\n/);
});

it('fails with the name of the function for a size without a unit', () => {
  expect(() => parseSize('10')).toThrow(/^parseSize: '10'/);
  expect(Size.gibibytes(1)).toBeDefined();
});
