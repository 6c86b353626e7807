import { createHash } from 'node:crypto';
import { eventually } from './kubectl';
import { type Account, type Answer, Matrix } from './matrix';
import type { System } from './system';

/** A user who sends messages and files in a room, and reads them back. */
export class Conversation {
  private constructor(
    public readonly matrix: Matrix,
    public readonly account: Account,
    private readonly room: string,
    private readonly federation: string,
  ) {}

  public static async begin(system: System): Promise<Conversation> {
    const secret = await system.secret('matrix-synapse-secret', 'registration_shared_secret');
    const matrix = new Matrix(await system.url(), secret);
    const account = await matrix.register('admin', true);
    const create = { preset: 'private_chat' };
    const { room_id } = await matrix.ok('POST', '/_matrix/client/v3/createRoom', create, account.token);
    return new Conversation(matrix, account, room_id, await system.url('deployment/matrix-synapse', 8009));
  }

  /** The same conversation in a system that was installed again, and has other ports. */
  public async movedTo(system: System): Promise<Conversation> {
    const matrix = new Matrix(await system.url());
    return new Conversation(matrix, this.account, this.room, await system.url('deployment/matrix-synapse', 8009));
  }

  /** Sends a message, and returns when the server has acknowledged it. */
  public async say(body: string): Promise<void> {
    const path = `/_matrix/client/v3/rooms/${this.room}/send/m.room.message/${encodeURIComponent(body)}`;
    await this.matrix.ok('PUT', path, { msgtype: 'm.text', body }, this.account.token);
  }

  /** All messages in the room, oldest first. */
  public async history(): Promise<string[]> {
    const path = `/_matrix/client/v3/rooms/${this.room}/messages?dir=b&limit=500`;
    const { body } = await this.read(path);
    const messages = body.chunk.filter((event: { type: string }) => event.type === 'm.room.message');
    return messages.map((event: { content: { body: string } }) => event.content.body).reverse();
  }

  /** Uploads a file and returns its media ID. */
  public async upload(file: Uint8Array): Promise<string> {
    const { content_uri } = await this.matrix.ok('POST', '/_matrix/media/v3/upload', file, this.account.token);
    return content_uri.split('/').pop();
  }

  /** SHA-256 of a downloaded file, or the status of a failed download. */
  public async download(mediaId: string): Promise<string | number> {
    const path = `/_matrix/client/v1/media/download/caritas.local/${mediaId}`;
    const { status, body } = await this.read(path);
    return status === 200 ? sha256(body) : status;
  }

  /** Uploads a one-time key. */
  public async uploadOneTimeKey(): Promise<void> {
    const one_time_keys = { 'curve25519:AAAAAQ': 'zKbLg+NrIjpnagy+pIY6uPL4ZwEG2v+8F9lmgsnlZzs' };
    await this.matrix.ok('POST', '/_matrix/client/v3/keys/upload', { one_time_keys }, this.account.token);
  }

  /** The signing keys that the server publishes to other servers. */
  public async verifyKeys(): Promise<object> {
    const answer = await fetch(`${this.federation}/_matrix/key/v2/server`);
    return ((await answer.json()) as { verify_keys: object }).verify_keys;
  }

  /** Any answer counts. Without one, Synapse or the port-forward has just restarted. */
  private read(path: string): Promise<Answer> {
    return eventually(path, 60, () => this.matrix.request('GET', path, undefined, this.account.token));
  }
}

export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
