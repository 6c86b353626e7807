import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { ApiObject, App, type AppProps, Chart, Lazy, YamlOutputType } from 'cdk8s';
import { Construct } from 'constructs';
import { MatrixApp } from '../../lib/kubernetes/app';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'matrix-app-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function configMap(scope: Construct, id: string): ApiObject {
  const data = { text: 'one\ntwo\n', yes: 'yes', number: '010', lazy: Lazy.any({ produce: () => scope.node.path }) };
  return new ApiObject(scope, id, { apiVersion: 'v1', kind: 'ConfigMap', data } as never);
}

function chart(scope: Construct, id: string): Chart {
  const result = new Chart(scope, id, { namespace: `of-${id}`, labels: { chart: id } });
  configMap(new Construct(result, 'z'), 'inner');
  configMap(result, 'b');
  configMap(result, 'a');
  return result;
}

/** Returns every file that an app of this shape writes, by path. */
function written(Type: typeof App, shape: (app: App) => unknown, props: AppProps): { [path: string]: string } {
  const outdir = join(folder, Type.name, 'made-by-synth');
  const app = new Type({ ...props, outdir });
  shape(app);
  app.synth();
  const files = readdirSync(outdir, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(
    files.map(({ parentPath, name }) => {
      const path = join(parentPath, name);
      return [relative(outdir, path), readFileSync(path, 'utf8')];
    }),
  );
}

const ANY_SHAPE = (app: App) => ['b', 'a', 'c'].map((id) => chart(app, id));

describe("the app writes the same bytes as cdk8s' own", () => {
  it.each<[string, number, (app: App) => unknown, AppProps?]>([
    ['no chart', 0, () => undefined],
    ['one chart', 1, (app) => chart(app, 'one')],
    ['an empty chart', 1, (app) => new Chart(app, 'empty')],
    ['many charts', 12, (app) => [...Array(12).keys()].map((index) => chart(app, `chart-${11 - index}`))],
    ['charts inside other constructs', 2, (app) => ['a', 'b'].map((id) => chart(new Construct(app, id), 'inner'))],
    ['a construct beside the charts', 1, (app) => [new Construct(app, 'beside'), chart(app, 'one')]],
    ['a chart inside a chart', 2, (app) => chart(chart(app, 'outer'), 'inner')],
    ['a chart that depends on a later one', 2, (app) => chart(app, 'a').addDependency(chart(app, 'b'))],
    [
      'an object that depends on a later one',
      1,
      (app) => {
        const one = chart(app, 'one');
        ApiObject.of(one.node.findChild('b')).addDependency(one.node.findChild('a'));
      },
    ],
    [
      'a chart that renders in its own way',
      1,
      (app) => {
        chart(app, 'one').toJson = () => [{ own: true }];
      },
    ],
    ['one file for all', 1, ANY_SHAPE, { yamlOutputType: YamlOutputType.FILE_PER_APP }],
    ['one file each resource', 9, ANY_SHAPE, { yamlOutputType: YamlOutputType.FILE_PER_RESOURCE }],
    ['one folder each chart', 9, ANY_SHAPE, { yamlOutputType: YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE }],
    ['another extension', 3, ANY_SHAPE, { outputFileExtension: '.yml' }],
    ['metadata of the constructs', 4, ANY_SHAPE, { recordConstructMetadata: true }],
  ])('for %s', (_, files, shape, props = {}) => {
    const ours = written(MatrixApp, shape, props);
    expect(Object.keys(ours)).toHaveLength(files);
    expect(ours).toEqual(written(App, shape, props));
  });
});

it('validates each construct once, for any number of charts', () => {
  const app = new MatrixApp({ outdir: folder });
  const validate = jest.fn(() => []);
  ANY_SHAPE(app);
  app.node.addValidation({ validate });
  app.synth();
  expect(validate).toHaveBeenCalledTimes(1);
});

it('fails when a construct is invalid, with the same message as cdk8s, and writes nothing', () => {
  const failure = (Type: typeof App) => {
    const app = new Type({ outdir: folder });
    ANY_SHAPE(app);
    app.node.addValidation({ validate: () => ['the app is wrong'] });
    app.node.findChild('a').node.addValidation({ validate: () => ['one', 'two'] });
    app.node
      .findChild('b')
      .node.findChild('z')
      .node.addValidation({ validate: () => ['three'] });
    try {
      app.synth();
      return 'no failure';
    } catch (error) {
      return (error as Error).message;
    }
  };
  expect(failure(MatrixApp)).toContain('[a] one');
  expect(failure(MatrixApp)).toBe(failure(App));
  expect(readdirSync(folder)).toEqual([]);
});
