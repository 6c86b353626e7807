import { Size, Testing } from 'cdk8s';
import { patchField, WalReceiver, type WalReceiverProps } from '../../lib';
import { apartAffinity } from '../../lib/kubernetes/workloads/affinity';
import { keyOf } from '../support/manifests';
import { emptyChart, postgresIn, renderedIn, untyped } from '../support/parts';

function rendered(props: Partial<WalReceiverProps> = {}) {
  const chart = emptyChart();
  const postgres = postgresIn(chart, { namePrefix: props.namePrefix });
  const before = Testing.synth(chart).map(keyOf);
  const receiver = new WalReceiver(chart, 'Receiver', { postgres, ...props });
  const keys = Testing.synth(chart)
    .map(keyOf)
    .filter((key) => !before.includes(key));
  const { spec } = renderedIn(chart, 'StatefulSet', receiver.workloadName).spec.template;
  const conf: string = renderedIn(chart, 'ConfigMap', postgres.configMapName).data['postgresql.conf'];
  return { chart, postgres, receiver, keys, spec, conf };
}

it('minimal', () => {
  const { chart, receiver, keys } = rendered();
  expect(keys).toEqual([
    'NetworkPolicy matrix-wal-receiver',
    'PersistentVolumeClaim matrix-wal-receiver-pvc',
    'ConfigMap matrix-wal-receiver',
    'StatefulSet matrix-wal-receiver',
  ]);
  expect([receiver.workloadName, receiver.claimName]).toEqual(['matrix-wal-receiver', 'matrix-wal-receiver-pvc']);
  expect(renderedIn(chart, 'StatefulSet', 'matrix-wal-receiver').spec.replicas).toBe(1);
  expect(renderedIn(chart, 'PersistentVolumeClaim', 'matrix-wal-receiver-pvc').spec).toEqual({
    accessModes: ['ReadWriteOnce'],
    resources: { requests: { storage: '10Gi' } },
  });
});

it('all props', () => {
  const { chart, receiver, keys, conf } = rendered({
    storage: Size.gibibytes(50),
    storageClass: 'zonal',
    namePrefix: 'second-',
  });
  expect(keys.every((key) => key.split(' ')[1].startsWith('second-matrix-wal-receiver'))).toBe(true);
  expect(renderedIn(chart, 'PersistentVolumeClaim', receiver.claimName).spec).toMatchObject({
    storageClassName: 'zonal',
    resources: { requests: { storage: '50Gi' } },
  });
  expect(conf).toContain(`synchronous_standby_names = '"second-matrix-wal-receiver"'`);
});

it('is the one that PostgreSQL waits for, by the name it comes with', () => {
  const { chart, spec, conf } = rendered();
  const names = Object.fromEntries(
    spec.containers[0].env.map(({ name, value }: { [key: string]: string }) => [name, value]),
  );
  expect(conf).toContain(`synchronous_standby_names = '"${names.STANDBY}"'`);
  expect(renderedIn(chart, 'ConfigMap', 'matrix-wal-receiver').data['receive-wal.sh']).toContain(
    'PGAPPNAME=$STANDBY pg_receivewal',
  );
  expect(names).toMatchObject({ PGHOST: 'matrix-postgres-service', PGUSER: 'backup', PGDATABASE: 'synapse' });
});

it('prefers another node than that of the database, of its own system', () => {
  expect(rendered({ namePrefix: 'second-' }).spec.affinity).toEqual(apartAffinity({ app: 'second-matrix-postgres' }));
});

it('runs the image and user of the database, and is not ready while commits wait', () => {
  const { spec, postgres } = rendered();
  const [container] = spec.containers;
  expect([container.image, spec.securityContext.runAsUser]).toEqual([postgres.image, postgres.uid]);
  expect(container.readinessProbe.exec.command).toEqual([...container.command, 'ready']);
  // It is a server: nothing may end it for not being ready.
  expect(container.livenessProbe).toBeUndefined();
});

it('reads its password from a file, whenever it connects: to start anew for another one would hold up commits', () => {
  const { spec, chart } = rendered();
  const [{ env, volumeMounts }] = spec.containers;
  expect(env).toContainEqual({ name: 'PASSWORD_FILE', value: '/role/backup' });
  expect(volumeMounts).toContainEqual({ name: 'role', mountPath: '/role', readOnly: true });
  expect(spec.volumes).toContainEqual({
    name: 'role',
    projected: {
      defaultMode: 0o440,
      sources: [{ secret: { name: 'database', items: [{ key: 'backup', path: 'backup' }] } }],
    },
  });
  const script: string = renderedIn(chart, 'ConfigMap', 'matrix-wal-receiver').data['receive-wal.sh'];
  expect(script.match(/^ {2}read_password$/gm)).toHaveLength(3);
});

it('speaks to the database and the name server alone, and takes none of the connections', () => {
  const { chart, conf } = rendered();
  const { ingress, egress } = renderedIn(chart, 'NetworkPolicy', 'matrix-wal-receiver').spec;
  expect(ingress).toBeUndefined();
  expect(egress).toHaveLength(2);
  expect(egress).toContainEqual({
    to: [{ podSelector: { matchLabels: { app: 'matrix-postgres' } } }],
    ports: [{ port: 5432, protocol: 'TCP' }],
  });
  expect(conf).toContain("max_connections = '10'");
});

it('fails when there are two for one database', () => {
  const { chart, postgres } = rendered();
  const make = () => new WalReceiver(chart, 'Other', { postgres, namePrefix: 'other-' });
  expect(make).toThrow("commits wait for 'matrix-wal-receiver' already: leave 'other-matrix-wal-receiver' out");
});

it('fails when a patch makes it two pods', () => {
  const { chart } = rendered();
  patchField(chart, 'StatefulSet', 'matrix-wal-receiver', '/spec/replicas', 2);
  const problems = chart.node.findAll().flatMap((child) => child.node.validate());
  expect(problems.join()).toContain("StatefulSet 'matrix-wal-receiver' in caritas has 2 replicas");
});

it.each<[string, object, string, string]>([
  ['the storage is text', { storage: '10 Gi' }, '"10 Gi" is no Size', "parseSize('10Gi')"],
  ['the prefix is no name', { namePrefix: 'A-' }, "namePrefix 'A-'", 'lower-case'],
])('fails when %s', (_, props, value, remedy) => {
  const make = () => {
    const chart = emptyChart();
    return new WalReceiver(chart, 'Receiver', { postgres: postgresIn(chart), ...untyped<object>(props) });
  };
  expect(make).toThrow(value);
  expect(make).toThrow(remedy);
});
