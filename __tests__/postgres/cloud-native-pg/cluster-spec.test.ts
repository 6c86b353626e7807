import { Size } from 'cdk8s';
import { quantity } from '../../../lib/kubernetes/checks/quantities';
import { Durability } from '../../../lib/postgres/cloud-native-pg/cloud-native-pg-options';
import { clusterSpec } from '../../../lib/postgres/cloud-native-pg/cluster-spec';

const PROPS = {
  workload: { app: 'matrix-database', component: 'database' },
  instances: 3,
  database: 'synapse',
  user: 'synapse_user',
  storage: Size.gibibytes(20),
  backup: {},
  durability: Durability.REQUIRED,
  pod: {
    containers: [
      { name: 'postgres', image: 'postgres:17', resources: { requests: { memory: quantity(Size.gibibytes(1)) } } },
    ],
  },
  parameters: () => ({}),
};

it('makes a database as Synapse needs it, with checksums', () => {
  expect(clusterSpec(PROPS).bootstrap?.initdb).toEqual({
    database: 'synapse',
    owner: 'synapse_user',
    encoding: 'UTF8',
    localeCollate: 'C',
    localeCType: 'C',
    dataChecksums: true,
  });
});

it.each(Object.values(Durability))('waits for one replica with durability %s', (durability) => {
  expect(clusterSpec({ ...PROPS, durability }).postgresql?.synchronous).toEqual({
    method: 'any',
    number: 1,
    dataDurability: durability,
  });
});

it('refuses connections without TLS', () => {
  expect(clusterSpec(PROPS).postgresql?.pgHba).toEqual(['hostnossl all all all reject']);
});

it('gives the pods the labels that policies and monitors select', () => {
  const workload = { ...PROPS.workload, podLabels: { team: 'a', app: 'other' }, podAnnotations: { note: 'b' } };
  expect(clusterSpec({ ...PROPS, workload }).inheritedMetadata).toEqual({
    labels: { team: 'a', app: 'matrix-database' },
    annotations: { note: 'b', 'kubectl.kubernetes.io/default-container': 'postgres' },
  });
});

it('takes places, priority and credentials of the system', () => {
  const tolerations = [{ key: 'database' }];
  const pod = {
    ...PROPS.pod,
    tolerations,
    nodeSelector: { disk: 'ssd' },
    priorityClassName: 'high',
    imagePullSecrets: [{ name: 'mirror' }],
  };
  expect(clusterSpec({ ...PROPS, pod })).toMatchObject({
    imageName: 'postgres:17',
    affinity: { tolerations, nodeSelector: { disk: 'ssd' } },
    priorityClassName: 'high',
    imagePullSecrets: [{ name: 'mirror' }],
  });
  expect(clusterSpec(PROPS).affinity).toBeUndefined();
});

it('puts the WAL on a claim of its own when one is given, of the same class', () => {
  const storageClass = 'fast';
  expect(clusterSpec(PROPS).walStorage).toBeUndefined();
  expect(clusterSpec({ ...PROPS, storageClass, walStorage: Size.gibibytes(5) })).toMatchObject({
    storage: { size: '20Gi', storageClass },
    walStorage: { size: '5Gi', storageClass },
  });
});

it.each(['storage', 'walStorage'])('fails for a %s that the WAL can fill', (name) => {
  expect(() => clusterSpec({ ...PROPS, [name]: Size.gibibytes(1) })).toThrow(
    `${name} is 1Gi, which the WAL can fill: use at least 2Gi`,
  );
});
