import { execFileSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Testing, Yaml } from 'cdk8s';
import { objectsOf } from '../lib/kubernetes/metadata/objects';
import { chartOf, SYSTEMS } from './support/systems';

const bytesOf = (name: string) => Yaml.stringify(...Testing.synth(chartOf(SYSTEMS[name])));
const NAMES = Object.keys(SYSTEMS);
const BYTES = Object.fromEntries(NAMES.map((name) => [name, bytesOf(name)]));

describe('renders the same bytes for the same input, at any time and without randomness', () => {
  beforeEach(() => jest.useFakeTimers({ now: new Date('2044-02-29T12:00:00Z') }));
  afterEach(() => {
    jest.useRealTimers();
    jest.restoreAllMocks();
  });

  it.each(NAMES)('%s', (name) => {
    const random = jest.spyOn(Math, 'random');
    expect(bytesOf(name)).toBe(BYTES[name]);
    expect(random).not.toHaveBeenCalled();
  });
});

it('renders the same bytes in another process, folder, environment, language and time zone', () => {
  const support = join(__dirname, 'support');
  const output = execFileSync(
    process.execPath,
    ['--require', join(support, 'typescript.cjs'), join(support, 'print-systems.ts')],
    {
      cwd: tmpdir(),
      encoding: 'utf8',
      maxBuffer: 2 ** 26,
      env: {
        TZ: 'Pacific/Chatham',
        LANG: 'tr_TR.UTF-8',
        LC_ALL: 'tr_TR.UTF-8',
        MATRIX_NAMESPACE: 'elsewhere',
        MATRIX_SERVER_NAME: 'elsewhere.org',
        NODE_ENV: 'production',
      },
    },
  );
  expect(JSON.parse(output)).toEqual(Object.values(BYTES));
});

it('renders the same twice', () => {
  const chart = chartOf();
  expect(Testing.synth(chart)).toEqual(Testing.synth(chart));
});

it('does not depend on the order of props', () => {
  const reversed = Object.fromEntries(Object.entries(SYSTEMS.everything).reverse());
  expect(Testing.synth(chartOf(reversed))).toEqual(Testing.synth(chartOf(SYSTEMS.everything)));
});

it('keeps the construct IDs, which other programs use for patches', () => {
  const paths = objectsOf(chartOf()).map((object) => `${object.node.path.replace('matrix/', '')}: ${object.kind}`);
  expect(paths).toMatchSnapshot();
});
