import { randomBytes } from 'node:crypto';
import { MediaStorage } from '../../../lib';
import { kubectl, tryKubectl } from '../support/kubectl';
import { Matrix } from '../support/matrix';
import { makeNamespace, removeNamespace, System } from '../support/system';
import { changedSystem } from '../support/system-chart';

jest.setTimeout(600_000);

const NAME = 'shared-media';
const NAMESPACE = `matrix-e2e-${NAME}`;
/** Namespace of the pod that makes the folder, and name of the volume and its class. */
const VOLUME = `${NAMESPACE}-volume`;
const FOLDER = `/var/tmp/${VOLUME}`;
const PODS = ['matrix-synapse-media-0', 'matrix-synapse-media-1'];

const MAKER = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'maker' },
  spec: {
    restartPolicy: 'Never',
    volumes: [{ name: 'parent', hostPath: { path: '/var/tmp' } }],
    containers: [
      {
        name: 'maker',
        image: 'docker.io/library/busybox:1.37',
        command: ['sh', '-c', `rm -rf ${FOLDER}; mkdir -m 777 ${FOLDER}`],
        volumeMounts: [{ name: 'parent', mountPath: '/var/tmp' }],
      },
    ],
  },
};

/** A folder of a node, which stands for one on NFS: several pods may mount it. */
const SHARED = {
  apiVersion: 'v1',
  kind: 'PersistentVolume',
  metadata: { name: VOLUME },
  spec: {
    capacity: { storage: '1Ti' },
    accessModes: ['ReadWriteMany'],
    persistentVolumeReclaimPolicy: 'Retain',
    storageClassName: VOLUME,
    claimRef: { namespace: NAMESPACE, name: 'matrix-synapse-data' },
    hostPath: { path: FOLDER },
  },
};

/** Needs pods with `hostPath`. */
describe('media on a volume that several pods mount', () => {
  let system: System;
  let matrix: Matrix;
  let token: string;
  const files = new Map<string, Buffer>();

  const removeVolume = async () => {
    await tryKubectl(['delete', 'persistentvolume', VOLUME, '--ignore-not-found', '--timeout=60s']);
    await removeNamespace(VOLUME);
  };
  const uploaded = async (file: Buffer) => {
    const { content_uri } = await matrix.ok('POST', '/_matrix/media/v3/upload', new Uint8Array(file), token);
    return content_uri.replace('mxc://', '');
  };
  const isServed = async (by: Matrix) => {
    for (const [id, file] of files) {
      const got = await by.ok('GET', `/_matrix/client/v1/media/download/${id}`, undefined, token);
      expect(Buffer.from(got).equals(file)).toBe(true);
    }
  };

  beforeAll(async () => {
    await removeNamespace(NAMESPACE);
    await removeVolume();
    await makeNamespace(VOLUME);
    await kubectl(['apply', '-n', VOLUME, '-f', '-'], JSON.stringify(MAKER));
    await kubectl(['wait', '--for=jsonpath={.status.phase}=Succeeded', 'pod/maker', '-n', VOLUME, '--timeout=60s']);
    await kubectl(['apply', '-f', '-'], JSON.stringify(SHARED));
    const media = MediaStorage.sharedClaim({ storageClass: VOLUME });
    system = await System.apply(NAME, changedSystem(NAMESPACE, { media, workers: { media: 2 } }));
    await system.workersReady();
    const secret = await system.secret('matrix-synapse-secret', 'registration_shared_secret');
    matrix = new Matrix(await system.url('deployment/matrix-edge', 8010), secret);
    ({ token } = await matrix.register('anna'));
  }, 600_000);
  afterAll(async () => {
    await system?.remove();
    await removeVolume();
  });

  it('each process serves what the other has stored', async () => {
    for (let count = 0; count < 8; count++) {
      const file = randomBytes(100_000);
      files.set(await uploaded(file), file);
    }
    for (const pod of PODS) await isServed(new Matrix(await system.url(`pod/${pod}`, 8008)));
    const stored = await Promise.all(PODS.map((pod) => system.kubectl(['logs', pod])));
    expect(stored.filter((log) => /POST \/_matrix\/media\/v3\/upload|Uploaded content/.test(log)).length).toBe(2);
  });

  it('files are served and stored while one of the processes is away', async () => {
    await system.kubectl(['delete', 'pod', PODS[0], '--force', '--grace-period=0']);
    const file = randomBytes(100_000);
    files.set(await uploaded(file), file);
    await isServed(matrix);
    await system.workersReady();
  });

  it('a backup has them', async () => {
    expect((await system.run('matrix-backup', 'backup-1', 300)).succeeded).toBe(true);
    expect((await system.run('matrix-restore-drill', 'drill-1', 400)).succeeded).toBe(true);
  });
});
