import { eventually } from '../support/kubectl';
import type { Person, Stage } from './stage';

export function messages(stage: Stage): void {
  let consultant: Person;
  let client: Person;
  let id: string;
  beforeAll(async () => {
    ({ consultant, client, id } = await stage.session());
  });

  const bodies = (sync: { rooms?: { join?: { [id: string]: Timeline } } }) =>
    (sync.rooms?.join?.[id]?.timeline.events ?? [])
      .filter((event) => event.type === 'm.room.message')
      .map((event) => event.content.body);

  it('lists the messages of a room, newest first', async () => {
    for (const text of ['one', 'two', 'drei ß 😀']) {
      await stage.users.sendMessage(id, text, client.token);
    }
    expect(await stage.users.getRoomMessages(id, consultant.token)).toEqual(['drei ß 😀', 'two', 'one']);
  });

  it('sends a message once, however often its transaction is repeated', async () => {
    const first = await stage.users.sendMessage(id, 'once', client.token, 'transaction-1');
    expect(await stage.users.sendMessage(id, 'once', client.token, 'transaction-1')).toBe(first);
    const all = await stage.users.getRoomMessages(id, consultant.token);
    expect(all.filter((body) => body === 'once')).toHaveLength(1);
  });

  it('syncs only the room of the filter, and only new events with since', async () => {
    const other = await stage.agencies.direct(consultant.userId, await stage.user('client'), stage.name('session_'));
    const first = await stage.users.syncRoom(id, consultant.token, 0);
    expect(Object.keys(first.rooms.join)).toEqual([id]);
    const all = await stage.matrix.ok('GET', '/_matrix/client/r0/sync?timeout=0', undefined, consultant.token);
    expect(Object.keys(all.rooms.join)).toEqual(expect.arrayContaining([id, other]));

    await stage.users.sendMessage(id, 'new', client.token);
    expect(bodies(await stage.users.syncRoom(id, consultant.token, 0, first.next_batch))).toEqual(['new']);
  });

  it('a long poll waits, and returns a message as soon as it is sent', async () => {
    const { next_batch } = await settled(consultant.token);
    const began = Date.now();
    let over = false;
    const poll = stage.users.syncRoom(id, consultant.token, 30_000, next_batch).finally(() => {
      over = true;
    });
    await new Promise((later) => setTimeout(later, 500));
    expect(over).toBe(false);
    await stage.users.sendMessage(id, 'meanwhile', client.token);
    expect(bodies(await poll)).toEqual(['meanwhile']);
    expect(Date.now() - began).toBeLessThan(10_000);
  });

  it('a long poll without events returns empty at its timeout', async () => {
    const { next_batch } = await settled(consultant.token);
    const began = Date.now();
    expect(bodies(await stage.users.syncRoom(id, consultant.token, 1000, next_batch))).toEqual([]);
    expect(Date.now() - began).toBeGreaterThanOrEqual(950);
  });

  it('has an invitation in sync', async () => {
    const newcomer = await stage.person('client');
    await stage.users.inviteUserToRoom(id, newcomer.userId, consultant.token);
    const sync = await stage.matrix.ok('GET', '/_matrix/client/r0/sync?timeout=0', undefined, newcomer.token);
    expect(Object.keys(sync.rooms.invite)).toEqual([id]);
  });

  describe('presence', () => {
    it('is refused to the admin, who shares no room, so that UserService reads 403 as unknown', async () => {
      const answer = await stage.users.presence(consultant.userId);
      expect(answer).toMatchObject({ status: 403, body: { errcode: 'M_FORBIDDEN' } });
    });

    it('is visible to users who share a room: online by sync', async () => {
      await settled(consultant.token);
      const seen = await eventually('the consultant online', 15, async () => {
        const { status, body } = await stage.users.presence(consultant.userId, client.token);
        return status === 200 && body.presence === 'online' && body;
      });
      expect(seen.currently_active).toBe(true);
      expect(seen.last_active_ago).toBeLessThan(30_000);
    });

    it('is visible to users who share a room: as it was set', async () => {
      const path = `/_matrix/client/r0/presence/${client.userId}/status`;
      const mine = { presence: 'unavailable', status_msg: 'back at noon' };
      await stage.matrix.ok('PUT', path, mine, client.token);
      const seen = await stage.users.presence(client.userId, consultant.token);
      expect(seen).toMatchObject({ status: 200, body: mine });
    });
  });

  /** The sync token after all events so far, including the presence of the syncing user. */
  async function settled(token: string): Promise<{ next_batch: string }> {
    let last = await stage.users.syncRoom(id, token, 0);
    await eventually('silence', 15, async () => {
      const next = await stage.users.syncRoom(id, token, 300, last.next_batch);
      const silent = !next.rooms && !next.presence;
      last = next;
      return silent;
    });
    return last;
  }
}

interface Timeline {
  readonly timeline: { readonly events: { type: string; content: { body: string } }[] };
}
