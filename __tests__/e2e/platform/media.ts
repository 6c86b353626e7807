import { createHash, randomBytes } from 'node:crypto';
import { eventually } from '../support/kubectl';
import type { Person, Stage } from './stage';

const MIB = 1024 * 1024;

export function media(stage: Stage): void {
  let client: Person;
  beforeAll(async () => {
    client = await stage.person('client');
  });

  const sha256 = (content: Uint8Array) => createHash('sha256').update(content).digest('hex');
  const stored = () => stage.system.sql('SELECT count(*) FROM local_media_repository');
  const files = () => stage.system.exec('deployment/matrix-synapse', 'find', '/data/media_store', '-type', 'f');

  it('accepts raw bytes with their type, and reports the size limit', async () => {
    const name = await stage.users.uploadFile(randomBytes(100), client.token, 'image/png');
    expect(name).toMatch(/^caritas\.local\/[A-Za-z]{24}$/);
    const config = await stage.matrix.ok('GET', '/_matrix/media/r0/config', undefined, client.token);
    expect(config).toEqual({ 'm.upload.size': 50 * MIB });
  });

  it.each([
    ['the frontend without a token', () => undefined],
    ['UserService with the admin as bearer', () => stage.users.adminToken],
  ])('is downloaded by %s', async (_who, token) => {
    const content = randomBytes(10_000);
    const name = await stage.users.uploadFile(content, client.token, 'application/pdf');
    const answer = await stage.users.downloadFile(name, token());
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe('application/pdf');
    expect(sha256(answer.body)).toBe(sha256(content));
  });

  it('needs a token at the newer download path', async () => {
    const name = await stage.users.uploadFile(randomBytes(100), client.token);
    const path = `/_matrix/client/v1/media/download/${name}`;
    expect((await stage.matrix.request('GET', path, undefined, client.token)).status).toBe(200);
    expect(await stage.refusal('GET', path)).toBe('401 M_MISSING_TOKEN');
  });

  it('is refused without a token', async () => {
    expect(await stage.refusal('POST', '/_matrix/media/r0/upload', randomBytes(10))).toBe('401 M_MISSING_TOKEN');
  });

  it('of 49 MiB is downloaded unchanged', async () => {
    const content = randomBytes(49 * MIB);
    const began = Date.now();
    const name = await stage.users.uploadFile(content, client.token);
    const uploaded = Date.now();
    const { body } = await stage.users.downloadFile(name);
    console.info(`49 MiB: up ${uploaded - began} ms, down ${Date.now() - uploaded} ms`);
    expect(body).toHaveLength(49 * MIB);
    expect(sha256(body)).toBe(sha256(content));
  }, 90_000);

  it('of 51 MiB is refused without being stored, and Synapse keeps running', async () => {
    const before = [await stored(), await files()];
    // Without a proxy before it, Synapse closes the connection; a proxy would answer.
    await expect(stage.users.uploadFile(randomBytes(51 * MIB), client.token)).rejects.toThrow(
      /413|fetch failed|terminated/,
    );
    await eventually('the way to the server', 30, () => stage.matrix.ok('GET', '/_matrix/client/versions'));
    expect([await stored(), await files()]).toEqual(before);

    await stage.users.uploadFile(randomBytes(100), client.token);
    expect(await stored()).toBe(`${Number(before[0]) + 1}`);
    const pod = JSON.parse(await stage.system.kubectl(['get', 'pod', '-l', 'app=matrix-synapse', '-o', 'json']));
    expect(pod.items[0].status.containerStatuses[0].restartCount).toBe(0);
  }, 90_000);
}
