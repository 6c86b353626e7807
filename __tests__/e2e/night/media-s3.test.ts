import { randomBytes } from 'node:crypto';
import { ImageSource, MediaStorage, Peer, Scaling, SecretKey } from '../../../lib';
import { Backups } from '../support/backups';
import { Conversation, sha256 } from '../support/conversation';
import { eventually } from '../support/kubectl';
import { Matrix } from '../support/matrix';
import { ObjectStore } from '../support/object-store';
import { storeSecrets } from '../support/store-secrets';
import { System } from '../support/system';
import { changedSystem } from '../support/system-chart';

jest.setTimeout(420_000);

/** Synapse with synapse-s3-storage-provider, by the Containerfile of docs/how-to/media-in-s3.md. */
const IMAGE = process.env.SYNAPSE_S3_IMAGE ?? 'ghcr.io/example/synapse-s3:v1.163.2';
const SYNAPSE = 'deployment/matrix-synapse';
const STORE = '/data/media_store';
const PICTURE = `
import base64, io, random
from PIL import Image
file = io.BytesIO()
Image.frombytes("RGB", (640, 480), random.Random(7).randbytes(640 * 480 * 3)).save(file, "PNG")
print(base64.b64encode(file.getvalue()).decode())
`;

/** The user of the store may neither replace a backup nor delete anything that is media. */
describe('media in a bucket', () => {
  let store: ObjectStore;
  let system: System;
  const installed: System[] = [];
  let backups: Backups;
  let conversation: Conversation;
  let bucket: string;
  let beside: string;
  let divided: string;
  let earlier: string;
  let media: string;
  let picture: string;
  let thumbnail: string;
  const [old, file] = [randomBytes(200_000), randomBytes(3_000_000)];

  const get = async (path: string) => {
    const began = Date.now();
    const { token } = conversation.account;
    const { status, body } = await conversation.matrix.request('GET', path, undefined, token);
    return { status, hash: status === 200 ? sha256(body) : '', seconds: (Date.now() - began) / 1000 };
  };
  const download = (id: string) => get(`/_matrix/client/v1/media/download/caritas.local/${id}`);
  const small = () => get(`/_matrix/client/v1/media/thumbnail/caritas.local/${picture}?width=96&height=96&method=crop`);
  const local = async () =>
    (await system.exec(SYNAPSE, 'find', STORE, '-type', 'f')).split('\n').filter(Boolean).length;
  const age = () => system.exec(SYNAPSE, 'find', STORE, '-type', 'f', '-exec', 'touch', '-d', '9 days ago', '{}', '+');
  const offload = () => backups.succeed('media-offload');
  const failures = async (operation: string) => {
    const answer = await fetch(`${await system.url(SYNAPSE, 9000)}/_synapse/metrics`);
    const line = (await answer.text())
      .split('\n')
      .find((one) => one.includes(`failures_total{operation="${operation}"}`));
    return Number(line?.split(' ').pop());
  };
  const reconnect = async () => {
    await system.ready();
    conversation = await conversation.movedTo(system);
  };

  beforeAll(async () => {
    const namespace = 'matrix-e2e-media-s3';
    store = await ObjectStore.install('media-s3');
    const images = ImageSource.upstream({ replacements: { synapse: IMAGE } });
    const changes = {
      images,
      media: MediaStorage.s3({
        endpoint: new URL(store.tlsUrl).origin,
        bucket: 'backups',
        prefix: 'matrix/media',
        credentials: {
          accessKeyId: SecretKey.fromSecretName('store', 'id'),
          secretAccessKey: SecretKey.fromSecretName('store', 'key'),
        },
        caCertificate: SecretKey.fromSecretName('store-ca', 'ca.crt'),
        peer: Peer.namespace(`${namespace}-store`),
      }),
    };
    bucket = changedSystem(namespace, changes);
    beside = changedSystem(namespace, { ...changes, workers: { sync: Scaling.fixed(1) } });
    divided = changedSystem(namespace, { ...changes, workers: { media: 1, sync: Scaling.fixed(1) } });
    system = await System.apply('media-s3', storeSecrets(namespace, store) + changedSystem(namespace, { images }));
    installed.push(system);
    backups = new Backups(system);
    conversation = await Conversation.begin(system);
    earlier = await conversation.upload(old);
  });
  afterAll(async () => {
    for (const one of installed) {
      await one.remove();
    }
    await store?.remove();
  });

  it('takes the files that are on the claim when a system changes to it', async () => {
    expect(await backups.succeed('backup')).toContain('1 media files');
    await system.kubectl(['apply', '-f', '-'], bucket);
    await reconnect();
    expect(await store.files()).toEqual([]);
    expect(await backups.succeed('backup')).toContain('1 media files, until all are in s3:https://');
    expect(await backups.succeed('restore-drill', 300)).toContain('restored in');
    await age();
    expect(await offload()).toContain('offload: 1 stored, 1 removed, 0 kept, 0 different');
    expect(await local()).toBe(0);
    expect(await download(earlier)).toMatchObject({ status: 200, hash: sha256(old) });
  });

  it('has a file before its upload is answered', async () => {
    const before = (await store.files()).length;
    media = await conversation.upload(file);
    const files = await store.files();
    expect(files).toHaveLength(before + 1);
    expect(files.every((path) => path.startsWith('matrix/media/local_content/'))).toBe(true);
    expect(await store.holds(file.subarray(0, 64))).toBe(true);
  });

  it('serves files and thumbnails that are no longer on the claim, with the same bytes', async () => {
    const bytes = Buffer.from(await system.exec(SYNAPSE, 'python3', '-c', PICTURE), 'base64');
    const answer = await fetch(`${await system.url()}/_matrix/media/v3/upload`, {
      method: 'POST',
      headers: { 'Content-Type': 'image/png', Authorization: `Bearer ${conversation.account.token}` },
      body: bytes,
    });
    picture = ((await answer.json()) as { content_uri: string }).content_uri.split('/').pop() ?? '';
    const made = await small();
    expect(made.status).toBe(200);
    thumbnail = made.hash;
    await age();
    expect(await offload()).toMatch(/offload: 0 stored, 3 removed, 0 kept/);
    expect(await local()).toBe(0);
    expect(await download(media)).toMatchObject({ status: 200, hash: sha256(file) });
    expect(await download(picture)).toMatchObject({ status: 200, hash: sha256(bytes) });
    expect(await small()).toMatchObject({ status: 200, hash: thumbnail });
  });

  it('serves them after a restart of Synapse', async () => {
    await system.kubectl(['rollout', 'restart', SYNAPSE]);
    await reconnect();
    expect(await download(media)).toMatchObject({ status: 200, hash: sha256(file) });
    expect(await small()).toMatchObject({ status: 200, hash: thumbnail });
  });

  it('says so within half a minute when the store is away, and loses nothing', async () => {
    const fresh = await conversation.upload(randomBytes(1000));
    await store.stop();
    expect(await download(fresh)).toMatchObject({ status: 200 });
    const gone = await download(media);
    const began = Date.now();
    const path = '/_matrix/media/v3/upload';
    const refused = await conversation.matrix.request('POST', path, randomBytes(1000), conversation.account.token);
    const seconds = (Date.now() - began) / 1000;
    process.stdout.write(`without the store: download ${gone.seconds} s, upload ${seconds} s\n`);
    expect([gone.status, refused.status]).toEqual([500, 500]);
    expect(Math.max(gone.seconds, seconds)).toBeLessThan(30);
    await conversation.say('while the store is away');
    expect([await failures('fetch'), await failures('store')]).toEqual([1, 1]);
    await age();
    const before = await local();
    const { succeeded, log } = await backups.run('media-offload', 300);
    expect([succeeded, await local()]).toEqual([false, before]);
    expect(log).toContain("offload: the bucket 'backups' at https://");
    await store.start();
    await eventually('the store', 60, async () => (await download(media)).hash === sha256(file));
    await conversation.upload(randomBytes(1000));
    expect(await offload()).toContain('0 different');
  });

  it('says so at once when the store refuses connections', async () => {
    await store.refuse();
    const gone = await download(media);
    const began = Date.now();
    await expect(conversation.upload(randomBytes(1000))).rejects.toThrow('500');
    const seconds = (Date.now() - began) / 1000;
    process.stdout.write(`the store refuses: download ${gone.seconds} s, upload ${seconds} s\n`);
    expect(gone.status).toBe(500);
    expect(Math.max(gone.seconds, seconds)).toBeLessThan(10);
    await store.answer();
    expect(await download(media)).toMatchObject({ status: 200, hash: sha256(file) });
  });

  it('is not in the backups, which name it, and a drill knows that', async () => {
    const log = await backups.succeed('backup');
    expect(log).toMatch(/bytes of database, no media, which are in s3:https:\S+\/backups\/matrix\/media\n/);
    expect(await backups.succeed('restore-drill', 300)).toContain('restored in');
  });

  it('still has everything after the loss of both claims and a restore', async () => {
    await conversation.say('after the backup');
    await backups.shipped();
    const changed = System.existing('media-s3', bucket);
    installed.push(changed);
    [system, backups] = [changed, new Backups(changed)];
    await backups.scale(0);
    await backups.loseClaims('matrix-postgres-pvc', 'matrix-synapse-data');
    const { succeeded, log } = await backups.restore();
    expect([succeeded, log]).toEqual([
      true,
      expect.stringContaining('the backup holds no media: they are in s3:https'),
    ]);
    await backups.scale(1);
    await reconnect();
    expect((await conversation.history()).at(-1)).toBe('after the backup');
    expect(await download(earlier)).toMatchObject({ status: 200, hash: sha256(old) });
    expect(await download(media)).toMatchObject({ status: 200, hash: sha256(file) });
    expect(await small()).toMatchObject({ status: 200, hash: thumbnail });
  });

  it('says what is missing when the image has no library for it', async () => {
    await system.kubectl(['set', 'image', SYNAPSE, 'synapse=ghcr.io/element-hq/synapse:v1.163.2']);
    await eventually('the reason', 120, async () => {
      const log = await system.kubectl(['logs', '-l', 'app=matrix-synapse', '--tail=100']);
      return log.includes('docs/how-to/media-in-s3.md');
    });
    // The pod that can serve goes on.
    expect(await download(media)).toMatchObject({ status: 200, hash: sha256(file) });
  });

  it('gives no keys to a worker that stores no media, which runs without them', async () => {
    await system.kubectl(['apply', '-f', '-'], beside);
    await system.ready();
    await system.workersReady();
    expect(await system.exec('deployment/matrix-synapse-sync', 'ls', '/secrets')).not.toContain('media');
    expect(await system.exec(SYNAPSE, 'ls', '/secrets')).toContain('media_access_key_id');
  });

  it('is left to the workers for media, where there are some', async () => {
    await system.kubectl(['apply', '-f', '-'], divided);
    await system.ready();
    await system.workersReady();
    const edge = new Matrix(await system.url('deployment/matrix-edge', 8010));
    const { token } = conversation.account;
    const more = randomBytes(5000);
    const { content_uri } = await edge.ok('POST', '/_matrix/media/v3/upload', more, token);
    await system.exec(
      'statefulset/matrix-synapse-media',
      'find',
      STORE,
      '-type',
      'f',
      '-exec',
      'touch',
      '-d',
      '9 days ago',
      '{}',
      '+',
    );
    expect(await offload()).toMatch(/ [1-9]\d* removed, 0 kept, 0 different/);
    for (const [id, expected] of [
      [content_uri.split('/').pop(), more],
      [media, file],
    ]) {
      const path = `/_matrix/client/v1/media/download/caritas.local/${id}`;
      expect(sha256(await edge.ok('GET', path, undefined, token))).toBe(sha256(expected));
    }
    // Names of files are in no log.
    const log = await system.kubectl(['logs', 'matrix-synapse-media-0', '--tail=-1']);
    expect(log).not.toContain('matrix/media/local_content');
  });
});
