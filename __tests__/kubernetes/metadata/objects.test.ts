import { ApiObject, App, Chart, Testing, YamlOutputType } from 'cdk8s';
import { Construct } from 'constructs';
import { k8s } from '../../../lib/kubernetes/k8s';
import { checkUniqueNames, objectKey, objectsOf, patchField } from '../../../lib/kubernetes/metadata/objects';

function configMap(scope: Construct, name: string, namespace?: string): ApiObject {
  return new k8s.KubeConfigMap(scope, `${namespace}-${name}`, { metadata: { name, namespace } });
}

it('finds every object below a construct', () => {
  const chart = Testing.chart();
  const [one, two] = [configMap(chart, 'one'), configMap(new Construct(chart, 'deep'), 'two')];
  expect(objectsOf(chart)).toEqual([one, two]);
});

it('distinguishes objects by group, kind, namespace and name, not by version', () => {
  const chart = new Chart(new App(), 'chart', { namespace: 'matrix' });
  const keyOf = (id: string, apiVersion: string, namespace?: string) =>
    objectKey(new ApiObject(chart, id, { apiVersion, kind: 'Job', metadata: { name: 'x', namespace } }));
  expect(keyOf('a', 'batch/v1')).toBe('batch/Job matrix/x');
  expect(keyOf('b', 'batch/v1beta1')).toBe('batch/Job matrix/x');
  expect(keyOf('c', 'example.org/v1')).not.toBe('batch/Job matrix/x');
  expect(keyOf('d', 'batch/v1', 'other')).toBe('batch/Job other/x');
});

describe('unique names', () => {
  function filled(app: App, namespaces: (string | undefined)[]): App {
    namespaces.forEach((namespace, index) => {
      const chart = new Chart(app, `c${index}`, { namespace });
      checkUniqueNames(chart);
      configMap(chart, 'same');
    });
    return app;
  }
  const synthesized =
    (...namespaces: (string | undefined)[]) =>
    () =>
      filled(Testing.app(), namespaces).synthYaml();

  it('accepts the same name in several namespaces', () => {
    expect(synthesized('one', 'two', undefined)).not.toThrow();
  });

  it('refuses an object that two charts declare, in one message', () => {
    expect(synthesized('one', 'two', 'one')).toThrow(
      /following errors:\n {2}\[\] core\/ConfigMap one\/same [^\n]+ c0\/[^\n]+ c2\/[^\n]+namePrefix[^\n]+$/,
    );
  });

  it('refuses an object that two charts without a namespace declare', () => {
    expect(synthesized(undefined, undefined)).toThrow('(no namespace)/same');
  });

  it.each<[string, YamlOutputType, string[], RegExp | undefined]>([
    [
      'refuses objects that cdk8s would write to one file',
      YamlOutputType.FILE_PER_RESOURCE,
      ['one', 'two'],
      /c0\/\S+ and c1\/\S+ to the same file ConfigMap\.same: use YamlOutputType\.FOLDER_PER/,
    ],
    ['accepts a file per object of one chart', YamlOutputType.FILE_PER_RESOURCE, ['one'], undefined],
    ['accepts a folder per chart', YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE, ['one', 'two'], undefined],
  ])('%s', (_, yamlOutputType, namespaces, refusal) => {
    const app = filled(new App({ outdir: Testing.app().outdir, yamlOutputType }), namespaces);
    const synth = expect(() => app.synth());
    refusal ? synth.toThrow(refusal) : synth.not.toThrow();
  });
});

describe('a patched field', () => {
  function patched(pointer: string, value: unknown, kind = 'Service', name = 'synapse') {
    const chart = Testing.chart();
    new k8s.KubeService(chart, 'Service', {
      metadata: { name: 'synapse', annotations: { 'example.org/a~b': 'old' } },
      spec: { type: 'ClusterIP', ports: [{ port: 1 }] },
    });
    patchField(chart, kind, name, pointer, value);
    return Testing.synth(chart)[0];
  }

  it.each<[string, unknown, object]>([
    ['/spec/sessionAffinity', 'ClientIP', { sessionAffinity: 'ClientIP' }],
    ['/spec/publishNotReadyAddresses', false, { publishNotReadyAddresses: false }],
    ['/spec/clusterIp', 'None', { clusterIP: 'None' }],
    ['/spec/ports/0/nodePort', 30000, { ports: [{ port: 1, nodePort: 30000 }] }],
    ['/spec/ports/-', { port: 2, name: undefined }, { ports: [{ port: 1 }, { port: 2 }] }],
    ['/spec/ports/0/targetPort', k8s.IntOrString.fromString('http'), { ports: [{ port: 1, targetPort: 'http' }] }],
    [
      '/spec/sessionAffinityConfig',
      { clientIp: { timeoutSeconds: 9 } },
      { sessionAffinityConfig: { clientIP: { timeoutSeconds: 9 } } },
    ],
  ])('is rendered at %s', (pointer, value, spec) => {
    expect(patched(pointer, value).spec).toMatchObject(spec);
  });

  it('may have a name with characters that JSON pointers escape', () => {
    expect(patched('/metadata/annotations/example.org~1a~0b', 'new').metadata.annotations).toEqual({
      'example.org/a~b': 'new',
    });
  });

  it.each<[string, unknown, string]>([
    ['/spec/trafficDistribution', 'PreferClose', '/spec/trafficDistribution'],
    ['/spec/sessionAffinityConfig', { clientIp: { timeout: 9 } }, '/spec/sessionAffinityConfig/clientIp/timeout'],
    ['/spec/ports', [{ port: 1 }, { port: 2, colour: 'red' }], '/spec/ports/1/colour'],
  ])('fails when cdk8s drops %s', (pointer, value, missing) => {
    expect(() => patched(pointer, value)).toThrow(`Service 'synapse' has no ${missing} `);
    expect(() => patched(pointer, value)).toThrow('raw ApiObject');
  });

  it.each([
    ['Service', 'synapsis', "no Service 'synapsis' to patch: use synapse"],
    ['Deployment', 'synapse', "no Deployment 'synapse' to patch: use another kind"],
  ])('fails when there is no %s %s', (kind, name, message) => {
    expect(() => patched('/spec', {}, kind, name)).toThrow(message);
  });

  it('fails when its pointer has no leading slash', () => {
    expect(() => patched('spec/type', 'NodePort')).toThrow("'spec/type'");
    expect(() => patched('spec/type', 'NodePort')).toThrow('/spec/template/spec/priorityClassName');
  });
});
