import { execFileSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Testing, Yaml } from 'cdk8s';
import { objectsOf } from '../lib/kubernetes/metadata/objects';
import { chartOf, SYSTEMS } from './support/systems';

const bytesOf = (name: string) => Yaml.stringify(...Testing.synth(chartOf(SYSTEMS[name])));
const NAMES = Object.keys(SYSTEMS);
const BYTES = Object.fromEntries(NAMES.map((name) => [name, bytesOf(name)]));

describe('the same input gives the same bytes, whatever the clock says, and without chance', () => {
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

it('another process, folder, environment, language and time zone give the same bytes', () => {
  const support = join(__dirname, 'support');
  const output = execFileSync(
    process.execPath,
    ['--require', join(support, 'typescript.cjs'), join(support, 'print-systems.ts')],
    {
      cwd: tmpdir(),
      encoding: 'utf8',
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

it('rendering does not change what is rendered next', () => {
  const chart = chartOf();
  expect(Testing.synth(chart)).toEqual(Testing.synth(chart));
});

it('the order in which props are written does not matter', () => {
  const reversed = Object.fromEntries(Object.entries(SYSTEMS.everything).reverse());
  expect(Testing.synth(chartOf(reversed))).toEqual(Testing.synth(chartOf(SYSTEMS.everything)));
});

it('construct ids, which other programs patch by, stay', () => {
  const paths = objectsOf(chartOf()).map((object) => `${object.node.path.replace('matrix/', '')}: ${object.kind}`);
  expect(paths).toMatchSnapshot();
});
