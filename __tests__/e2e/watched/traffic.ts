import { randomUUID } from 'node:crypto';
import type { Account, Matrix } from '../support/matrix';

const V3 = '/_matrix/client/v3';

/** What two people do on a server: it makes series that exist only after the first use. */
export class Traffic {
  private constructor(
    private readonly matrix: Matrix,
    private readonly alice: Account,
    private readonly bob: Account,
    private readonly room: string,
  ) {}

  /** Makes the people and their room. */
  public static async between(matrix: Matrix, one: string, other: string): Promise<Traffic> {
    const alice = await matrix.register(one);
    const bob = await matrix.register(other);
    const body = { preset: 'private_chat', invite: [bob.userId] };
    const room = (await matrix.ok('POST', `${V3}/createRoom`, body, alice.token)).room_id;
    await matrix.ok('POST', `${V3}/join/${encodeURIComponent(room)}`, {}, bob.token);
    // One that is refused.
    await matrix.request('PUT', `${V3}/rooms/!none:example.org/send/m.room.message/1`, { body: 'hello' }, bob.token);
    return new Traffic(matrix, alice, bob, room);
  }

  /** One message, and what follows from it. */
  public async exchange(): Promise<void> {
    const { matrix, alice, bob } = this;
    const text = { msgtype: 'm.text', body: 'hello' };
    const room = `${V3}/rooms/${encodeURIComponent(this.room)}`;
    await matrix.ok('PUT', `${room}/send/m.room.message/${randomUUID()}`, text, alice.token);
    await matrix.ok('GET', `${V3}/sync?timeout=0`, undefined, bob.token);
    await matrix.ok('GET', `${room}/messages?dir=b&limit=10`, undefined, bob.token);
    await matrix.ok('POST', '/_matrix/media/v3/upload', Buffer.from('picture'), alice.token);
    await matrix.login(alice.userId, alice.password);
  }

  /** Exchanges messages for some time. */
  public async forSeconds(seconds: number): Promise<void> {
    for (const end = Date.now() + seconds * 1000; Date.now() < end; ) {
      await this.exchange();
      await new Promise((done) => setTimeout(done, 500));
    }
  }
}
