import { Testing } from 'cdk8s';
import { SystemSize } from '../lib';
import { containersOf, find, keyOf, type Manifest, workloadsOf } from './support/manifests';
import { missingDefaults, refusals } from './support/schemas';
import { chartOf, DEFAULT, manifestsOf, SYSTEMS } from './support/systems';

const NAMES = Object.keys(SYSTEMS);

describe.each(NAMES)('%s', (system) => {
  const manifests = manifestsOf(system);

  it.each(manifests.map((manifest) => [keyOf(manifest), manifest]))('%s is valid for Kubernetes', (_, manifest) => {
    expect(refusals(manifest)).toEqual([]);
    expect(missingDefaults(manifest)).toEqual([]);
  });

  it('renders every object that its pods reference', () => {
    const missing = workloadsOf(manifests).flatMap(({ key, template }) =>
      [...unknownVolumes(template), ...unknownObjects(template, manifests)].map((what) => `${key}: ${what}`),
    );
    expect(missing).toEqual([]);
  });

  it('targets named ports of pods from its Services', () => {
    for (const { metadata, spec } of manifests.filter(({ kind }) => kind === 'Service')) {
      const pods = workloadsOf(manifests).filter(({ template }) => template.metadata.labels.app === spec.selector.app);
      const ports = pods.flatMap(({ template }) => containersOf(template).flatMap(({ ports = [] }) => ports));
      // The relay ports of a TURN server are a range, of which the pod lists none.
      const targets = spec.ports
        .filter(({ name }: Manifest) => !name.startsWith('relay-'))
        .map(({ targetPort }: Manifest) => targetPort);
      expect([metadata.name, ports.map(({ name }) => name)]).toEqual([metadata.name, expect.arrayContaining(targets)]);
    }
  });

  it('keeps names and labels within the limits of Kubernetes', () => {
    for (const { kind, metadata } of manifests) {
      expect(metadata.name).toMatch(/^[a-z]([-a-z0-9.]*[a-z0-9])?$/);
      expect(metadata.name.length).toBeLessThanOrEqual(kind === 'CronJob' ? 52 : 63);
      for (const value of Object.values<string>(metadata.labels)) {
        expect(value).toMatch(/^[A-Za-z0-9]([-\w.]{0,61}[A-Za-z0-9])?$/);
      }
    }
  });

  it('keeps ConfigMaps below 1Mi, with file names as keys', () => {
    for (const { data } of manifests.filter(({ kind }) => kind === 'ConfigMap')) {
      expect(JSON.stringify(data).length).toBeLessThan(1024 * 1024);
      for (const key of Object.keys(data)) {
        expect(key).toMatch(/^[-._a-zA-Z0-9]{1,253}$/);
      }
    }
  });
});

it.each(Object.values(SystemSize))('has every amount in the form that the API server stores: %s', (size) => {
  const systems = [DEFAULT, SYSTEMS.everything].map((props) => ({ ...props, size }));
  const amounts = systems.flatMap((props) => amountsIn(Testing.synth(chartOf(props))));
  expect(amounts.length).toBeGreaterThan(200);
  expect(amounts.filter((amount) => !isCanonical(amount))).toEqual([]);
});

/** Every amount of CPU, memory and storage below `requests`, `limits` and `sizeLimit`. */
function amountsIn(value: unknown): string[] {
  return Object.entries(value ?? {}).flatMap(([key, one]) => {
    const amounts = ['requests', 'limits'].includes(key) ? Object.values<string>(one) : [];
    return key === 'sizeLimit' ? [one] : [...amounts, ...(typeof one === 'object' ? amountsIn(one) : [])];
  });
}

/** Whether no larger unit is exact. */
function isCanonical(amount: string): boolean {
  const [, number, unit = ''] = /^([1-9]\d*)(m|[MGTP]i)?$/.exec(amount) ?? [];
  const step = { m: 1000, '': Number.POSITIVE_INFINITY }[unit] ?? 1024;
  return number !== undefined && Number(number) % step !== 0;
}

function unknownVolumes(template: Manifest): string[] {
  const volumes = (template.spec.volumes ?? []).map(({ name }: Manifest) => name);
  const mounts = containersOf(template).flatMap(({ volumeMounts = [] }) => volumeMounts);
  const mounted = mounts.map(({ name }) => name);
  return [
    ...mounted.filter((name) => !volumes.includes(name)).map((name) => `mounts ${name}, which is not a volume`),
    ...volumes.filter((name: string) => !mounted.includes(name)).map((name: string) => `mounts ${name} nowhere`),
  ];
}

function unknownObjects({ spec }: Manifest, manifests: Manifest[]): string[] {
  const named: [string, string][] = (spec.volumes ?? []).flatMap(({ configMap, persistentVolumeClaim }: Manifest) => [
    ...(configMap && !configMap.optional ? [['ConfigMap', configMap.name]] : []),
    ...(persistentVolumeClaim ? [['PersistentVolumeClaim', persistentVolumeClaim.claimName]] : []),
  ]);
  const accounts: [string, string][] = spec.serviceAccountName ? [['ServiceAccount', spec.serviceAccountName]] : [];
  return [...named, ...accounts]
    .filter(([kind, name]) => !manifests.some((one) => one.kind === kind && one.metadata.name === name))
    .map(([kind, name]) => `${kind} ${name} is not rendered`);
}

describe('the check itself finds', () => {
  it.each(['4000m', '1024Mi', '2048Gi', '0.5', '1e3', undefined])('the amount %p', (amount) => {
    expect(isCanonical(`${amount}`)).toBe(false);
  });

  const synapse = () => structuredClone(find(manifestsOf('default'), 'Deployment', 'matrix-synapse'));
  const container = (change: (one: Manifest) => void) => () => {
    const deployment = synapse();
    change(deployment.spec.template.spec.containers[0]);
    return deployment;
  };
  const externalSecret = (change: (spec: Manifest) => void) => () => {
    const secret = structuredClone(find(manifestsOf('everything'), 'ExternalSecret', 'full-matrix-signing-key'));
    change(secret.spec);
    return secret;
  };

  const ingress = (change: (path: Manifest) => void) => () => {
    const found = structuredClone(
      find(manifestsOf('second system in a namespace'), 'Ingress', 'training-matrix-ingress'),
    );
    change(found.spec.rules[0].http.paths[0]);
    return found;
  };
  const gateway = (change: (spec: Manifest) => void) => () => {
    const found = structuredClone(find(manifestsOf('everything'), 'Gateway', 'full-matrix-edge'));
    change(found.spec);
    return found;
  };

  it.each<[string, (spec: Manifest) => void, string]>([
    ['a list', (spec) => delete spec.parentRefs[0].kind, '/spec/parentRefs/0/kind'],
    ['a list in a list', (spec) => delete spec.rules[0].backendRefs[0].weight, '/spec/rules/0/backendRefs/0/weight'],
    ['an object in a list', (spec) => delete spec.rules[0].matches[0].path.type, '/spec/rules/0/matches/0/path/type'],
  ])('a default that is missing in %s', (_, change, pointer) => {
    const route = structuredClone(manifestsOf('everything').find(({ kind }) => kind === 'HTTPRoute') as Manifest);
    change(route.spec);
    expect(missingDefaults(route)).toEqual([pointer]);
  });

  it.each<[string, () => Manifest, string]>([
    ['an unknown field', container((one) => Object.assign(one, { imagePullPolicies: 'x' })), 'imagePullPolicies'],
    ['a field without its content', container((one) => delete one.name), 'must have required property'],
    ['a number as text', () => ({ ...synapse(), spec: { ...synapse().spec, replicas: '1' } }), '/spec/replicas'],
    ['a quantity with a blank', container((one) => (one.resources.limits.memory = '2 Gi')), '"2 Gi"'],
    ['a quantity in bytes', container((one) => (one.resources.limits.memory = '2GB')), '"2GB"'],
    ['an invalid enum value', container((one) => (one.imagePullPolicy = 'Sometimes')), '"Sometimes"'],
    ['one mount path twice', container((one) => one.volumeMounts.push(one.volumeMounts[0])), 'uniqueBy'],
    ['an invalid port', container((one) => (one.livenessProbe.httpGet.port = true)), '/port must be'],
    ['status', () => ({ ...synapse(), status: {} }), '"status"'],
    ['a uid', () => ({ ...synapse(), metadata: { name: 'x', uid: 'y' } }), '"uid"'],
    ['another version', () => ({ ...synapse(), apiVersion: 'apps/v2' }), 'apps/v2 Deployment is not among'],
    ['an unknown field of the operator', externalSecret((spec) => Object.assign(spec, { refresh: '1h' })), '"refresh"'],
    ['an unknown store', externalSecret((spec) => (spec.secretStoreRef.kind = 'Vault')), '"Vault"'],
    ['an invalid path type', ingress((path) => (path.pathType = 'Regex')), '"Regex"'],
    ['an unknown field of a Gateway', gateway((spec) => Object.assign(spec, { className: 'x' })), '"className"'],
    ['a port that no Gateway has', gateway((spec) => (spec.listeners[0].port = 65536)), '65536'],
  ])('%s', (_, manifest, message) => {
    expect(refusals(manifest()).join('\n')).toContain(message);
  });
});
