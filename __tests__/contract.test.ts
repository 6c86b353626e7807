import { labelsOf } from '../lib/kubernetes/metadata/labels';
import { find, type Manifest, textsOf, workloadsOf } from './support/manifests';
import { amountOf } from './support/quantities';
import { manifestsOf, SYSTEMS } from './support/systems';

/**
 * Selectors, claims and names that the running installation and the platform rely on.
 *
 * Deliberately different: Services are of type ClusterIP (an edge stands before them); homeserver.yaml is mounted as the folder
 * /config, where an edit arrives; requests are those of an idle system; postgresql.conf is mounted as a folder and loaded;
 * the database's user is `synapse_user`; backups are CronJob matrix-backup; no Keycloak sync.
 */
describe('names of the running installation', () => {
  const manifests = manifestsOf('default');
  const pod = (kind: string, name: string) => find(manifests, kind, name).spec.template.spec;
  const mountsOf = ({ volumeMounts }: Manifest) =>
    Object.fromEntries(volumeMounts.map(({ name, mountPath }: Manifest) => [name, mountPath]));
  const claimsOf = ({ volumes }: Manifest) =>
    Object.fromEntries(
      volumes.flatMap(({ name, persistentVolumeClaim }: Manifest) =>
        persistentVolumeClaim ? [[name, persistentVolumeClaim.claimName]] : [],
      ),
    );

  it.each([
    ['Deployment', 'matrix-synapse', 'synapse'],
    ['Deployment', 'matrix-discovery', 'discovery'],
    ['StatefulSet', 'matrix-postgres', 'postgres', 'roles'],
  ])('%s %s has its selector and containers', (kind, name, ...containers) => {
    const { spec } = find(manifests, kind, name);
    expect(spec.selector).toEqual({ matchLabels: { app: name } });
    expect(spec.template.spec.containers.map((one: Manifest) => one.name)).toEqual(containers);
    expect(spec.volumeClaimTemplates).toBeUndefined();
  });

  it('Synapse is one process with its ports and data folder', () => {
    const { replicas, strategy } = find(manifests, 'Deployment', 'matrix-synapse').spec;
    expect([replicas, strategy]).toMatchObject([
      1,
      { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } },
    ]);
    const spec = pod('Deployment', 'matrix-synapse');
    const [synapse] = spec.containers;
    expect(synapse.ports.map(({ containerPort }: Manifest) => containerPort)).toEqual([8008, 8009, 9000, 9094]);
    expect(mountsOf(synapse)).toMatchObject({ 'synapse-data': '/data', config: '/config' });
    expect(claimsOf(spec)).toEqual({ 'synapse-data': 'matrix-synapse-data' });
    expect(spec.securityContext).toMatchObject({ runAsUser: 991, runAsGroup: 991, fsGroup: 991 });
    expect(spec.volumes).toContainEqual({ name: 'config', configMap: { name: 'matrix-homeserver-oidc' } });
  });

  it('PostgreSQL keeps its Service and its data folder', () => {
    expect(find(manifests, 'StatefulSet', 'matrix-postgres').spec.serviceName).toBe('matrix-postgres-service');
    const spec = pod('StatefulSet', 'matrix-postgres');
    const [postgres] = spec.containers;
    expect(postgres.env).toContainEqual({ name: 'PGDATA', value: '/var/lib/postgresql/data/pgdata' });
    expect(postgres.ports).toEqual([{ name: 'postgres', containerPort: 5432 }]);
    expect(mountsOf(postgres)).toMatchObject({
      'postgres-storage': '/var/lib/postgresql/data',
      'postgres-backup': '/backup/wal',
      'postgres-config': '/etc/postgresql',
    });
    expect(claimsOf(spec)).toEqual({
      'postgres-storage': 'matrix-postgres-pvc',
      'postgres-backup': 'matrix-postgres-backup-pvc',
    });
  });

  it.each([
    ['matrix-synapse', { 'client-api': 8008, federation: 8009 }],
    ['matrix-postgres-service', { postgres: 5432 }],
  ])('Service %s has its ports', (name, ports) => {
    const { spec } = find(manifests, 'Service', name);
    expect(spec.type).toBe('ClusterIP');
    expect(spec.clusterIP).toBeUndefined();
    expect(Object.fromEntries(spec.ports.map((one: Manifest) => [one.name, one.port]))).toEqual(ports);
  });

  it.each([
    ['matrix-synapse-data', '10Gi'],
    ['matrix-postgres-pvc', '20Gi'],
    ['matrix-postgres-backup-pvc', '50Gi'],
  ])('claim %s keeps its size, and is not pruned', (name, storage) => {
    const { metadata, spec } = find(manifests, 'PersistentVolumeClaim', name);
    expect(spec).toEqual({ accessModes: ['ReadWriteOnce'], resources: { requests: { storage } } });
    expect(metadata.annotations).toMatchObject({ 'argocd.argoproj.io/sync-options': 'Prune=false,Delete=false' });
  });

  it.each([
    ['matrix-homeserver-oidc', 'homeserver.yaml'],
    ['matrix-postgres-config', 'postgresql.conf'],
    ['matrix-discovery-config', 'default.conf'],
    ['matrix-backup-script', 'copy-database.sh'],
  ])('ConfigMap %s has %s', (name, key) => {
    expect(Object.keys(find(manifests, 'ConfigMap', name).data)).toContain(key);
  });

  it('the database Secret keeps its keys', () => {
    const plan = JSON.parse(find(manifests, 'ConfigMap', 'matrix-secrets').data['plan.json']);
    const { keys } = plan.find(({ name }: Manifest) => name === 'matrix-postgres-secret');
    expect(keys).toMatchObject({
      POSTGRES_DB: { value: 'synapse' },
      POSTGRES_USER: { value: 'synapse_user' },
      POSTGRES_PASSWORD: { make: 'password' },
    });
  });
});

it('requests at most 700m of CPU and 760Mi of memory when idle, the largest job included', () => {
  const workloads = workloadsOf(manifestsOf('default'));
  const asked = (resource: string) => {
    const amounts = workloads.map(({ manifest, template, replicas }) => ({
      stays: ['Deployment', 'StatefulSet'].includes(manifest.kind),
      amount: replicas * requestOf(template, resource),
    }));
    const staying = amounts.filter(({ stays }) => stays).map(({ amount }) => amount);
    // Jobs run for minutes on separate schedules, so at most one runs at a time.
    const jobs = amounts.filter(({ stays }) => !stays).map(({ amount }) => amount);
    return staying.reduce((sum, amount) => sum + amount, 0) + Math.max(...jobs);
  };
  expect(asked('cpu')).toBeLessThanOrEqual(0.7);
  expect(asked('memory')).toBeLessThanOrEqual(760 * 2 ** 20);
});

/**
 * Returns the effective request of a pod: its containers, or its largest init container, plus the sidecars.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/pods/sidecar-containers/#resource-sharing-within-containers
 */
function requestOf({ spec }: Manifest, resource: string): number {
  const request = ({ resources }: Manifest) => amountOf(resources.requests[resource]);
  let [sidecars, starting] = [0, 0];
  for (const one of spec.initContainers ?? []) {
    starting = Math.max(starting, sidecars + request(one));
    sidecars += one.restartPolicy === 'Always' ? request(one) : 0;
  }
  const together = spec.containers.map(request).reduce((sum: number, one: number) => sum + one, sidecars);
  return Math.max(starting, together);
}

describe.each(Object.keys(SYSTEMS))('%s', (system) => {
  const manifests = manifestsOf(system);

  it('gives every object its labels, prefix and namespace', () => {
    const prefix = SYSTEMS[system].namePrefix;
    for (const { apiVersion, metadata } of manifests) {
      // By the others, Prometheus and Grafana find what is for them.
      const { release, dashboards, ...labels } = metadata.labels;
      expect(release === undefined || apiVersion === 'monitoring.coreos.com/v1').toBe(true);
      expect(dashboards === undefined || metadata.name.includes('matrix-dashboard-')).toBe(true);
      const { app, 'app.kubernetes.io/component': component } = labels;
      expect(labels).toEqual(labelsOf({ app, component, namePrefix: prefix }));
      expect(metadata.name.startsWith(prefix ?? 'matrix-')).toBe(true);
      expect(metadata.namespace).toBe('caritas');
    }
  });

  it('has no Secret and no unresolved value in the output', () => {
    expect(manifests.map(({ kind }) => kind)).not.toContain('Secret');
    const texts = manifests.flatMap((one) => textsOf({ ...one, data: one.kind === 'ConfigMap' ? madeData(one) : {} }));
    expect(texts.filter(({ text }) => /undefined|NaN|\[object|\$\{|:latest$/.test(text))).toEqual([]);
  });
});

/** The files of a ConfigMap that are generated from props, and not copied from lib. */
function madeData({ data }: Manifest): { [key: string]: string } {
  return Object.fromEntries(
    Object.entries<string>(data).filter(([key]) =>
      /^(homeserver\.yaml|drill\.yaml|postgresql\.conf|.*\.json)$/.test(key),
    ),
  );
}
