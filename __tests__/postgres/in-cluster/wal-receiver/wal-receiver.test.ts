import { Duration, Testing } from 'cdk8s';
import { patchField, type SystemProps } from '../../../../lib';
import { apartAffinity } from '../../../../lib/kubernetes/workloads/affinity';
import { resources } from '../../../../lib/kubernetes/workloads/resources';
import { WalReceiver, withReceiver } from '../../../../lib/postgres/in-cluster/wal-receiver/wal-receiver';
import { keyOf } from '../../../support/manifests';
import { emptyChart, postgresIn, renderedIn, systemIn } from '../../../support/parts';

/** The receiver of a rendered database. */
function rendered(facts: Partial<SystemProps> = {}) {
  const chart = emptyChart();
  const system = systemIn(chart, facts);
  const postgres = postgresIn(chart, { synchronousReplication: true });
  postgres._archiveTo('archive', Duration.minutes(1), {});
  const receiver = postgres.node.findChild('Receiver') as WalReceiver;
  const keys = Testing.synth(chart)
    .map(keyOf)
    .filter((key) => key.includes('wal-receiver'));
  const { spec } = renderedIn(chart, 'StatefulSet', receiver.workloadName).spec.template;
  const conf: string = renderedIn(chart, 'ConfigMap', postgres.configMapName).data['postgresql.conf'];
  return { chart, system, postgres, receiver, keys, spec, conf };
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

it('has the names and settings of its own system', () => {
  const { chart, receiver, keys, conf } = rendered({ storageClass: 'zonal', namePrefix: 'second-' });
  expect(keys.every((key) => key.split(' ')[1].startsWith('second-matrix-wal-receiver'))).toBe(true);
  expect(renderedIn(chart, 'PersistentVolumeClaim', receiver.claimName).spec.storageClassName).toBe('zonal');
  expect(conf).toContain(`synchronous_standby_names = '"second-matrix-wal-receiver"'`);
});

it('connects with the name that PostgreSQL waits for', () => {
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

it('prefers another node than the database of its own system', () => {
  expect(rendered({ namePrefix: 'second-' }).spec.affinity).toEqual(apartAffinity({ app: 'second-matrix-postgres' }));
});

it('runs the image and user of the database, and is not ready while commits wait', () => {
  const { spec, postgres } = rendered();
  const [container] = spec.containers;
  expect([container.image, spec.securityContext.runAsUser]).toEqual([postgres.image, postgres.uid]);
  expect(container.readinessProbe.exec.command).toEqual([...container.command, 'ready']);
  // Not being ready must not restart it.
  expect(container.livenessProbe).toBeUndefined();
});

it('reads its password from a file at each connection: a restart for another one would hold up commits', () => {
  const { spec, chart } = rendered();
  const [{ env, volumeMounts }] = spec.containers;
  expect(env).toContainEqual({ name: 'PASSWORD_FILE', value: '/role/backup' });
  expect(volumeMounts).toContainEqual({ name: 'role', mountPath: '/role', readOnly: true });
  expect(spec.volumes).toContainEqual({
    name: 'role',
    projected: {
      defaultMode: 0o440,
      sources: [{ secret: { name: 'matrix-postgres-secret', items: [{ key: 'BACKUP_PASSWORD', path: 'backup' }] } }],
    },
  });
  const script: string = renderedIn(chart, 'ConfigMap', 'matrix-wal-receiver').data['receive-wal.sh'];
  expect(script.match(/^ {2}read_password$/gm)).toHaveLength(3);
});

it('speaks only to the database and the name server, and takes none of the connections of clients', () => {
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

it('is refused a second time for one database: commits wait for one of that name', () => {
  const { chart, system, postgres } = rendered();
  new WalReceiver(chart, 'Other', { system, postgres, archiveTimeout: () => Duration.seconds(40) });
  expect(() => Testing.synth(chart)).toThrow('StatefulSet caritas/matrix-wal-receiver');
});

it('is refused when a patch makes it two pods', () => {
  const { chart } = rendered();
  patchField(chart, 'StatefulSet', 'matrix-wal-receiver', '/spec/replicas', 2);
  expect(() => Testing.synth(chart)).toThrow(/StatefulSet 'matrix-wal-receiver' in caritas has 2 replicas.* leave 1; /);
});

it('is there only with synchronous replication, and its resources are not set without it', () => {
  const receiverResources = resources(20, 32, 256);
  expect([{}, { synchronousReplication: true, receiverResources }].map(withReceiver)).toEqual([false, true]);
  expect(() => withReceiver({ receiverResources })).toThrow(
    'receiverResources are set, but there is no WAL receiver: set synchronousReplication: true',
  );
});
