import { eventually } from '../support/kubectl';
import { room } from '../support/platform-rooms';
import type { Person, Stage } from './stage';

export const MEMBER = 'org.matrix.msc3401.call.member';

/** The frontend's room for a call. */
export async function createCallRoom(stage: Stage, { token }: Person): Promise<string> {
  const body = {
    name: 'Call',
    preset: 'public_chat',
    visibility: 'private',
    power_level_content_override: { events: { [MEMBER]: 0 } },
  };
  return (await stage.matrix.ok('POST', '/_matrix/client/v3/createRoom', body, token)).room_id;
}

export function calls(stage: Stage): void {
  let consultant: Person;
  let client: Person;
  let session: string;
  let callRoom: string;
  let since: string;
  beforeAll(async () => {
    ({ consultant, client, id: session } = await stage.session());
    callRoom = await createCallRoom(stage, consultant);
    since = (await stage.users.syncRoom(session, client.token, 0)).next_batch;
  });

  it('use a separate room that any user with its ID can join, in which all may send call membership', async () => {
    await stage.matrix.ok('POST', `/_matrix/client/v3/join/${callRoom}`, {}, client.token);
    expect(await stage.state(callRoom, 'm.room.join_rules', client.token)).toEqual({ join_rule: 'public' });
    expect((await stage.state(callRoom, 'm.room.power_levels', client.token)).events[MEMBER]).toBe(0);
    expect(callRoom).toMatch(/:caritas\.local$/);
  });

  it('are not encrypted, like all rooms of the platform', async () => {
    const path = room(callRoom, 'state/m.room.encryption');
    expect(await stage.refusal('GET', path, undefined, consultant.token)).toBe('404 M_NOT_FOUND');
  });

  it.each([
    'org.oriso.call.invite',
    'org.oriso.call.hangup',
    'm.call.invite',
    'm.call.candidates',
    'm.call.answer',
    'm.call.hangup',
  ])('are announced by %s between members', async (type) => {
    const content = { call_id: stage.name('call'), version: 1, callRoomId: callRoom, isVideo: true };
    await stage.matrix.ok('PUT', room(session, `send/${type}/${stage.name('txn')}`), content, consultant.token);
    const sync = await eventually('the event', 10, async () => {
      const next = await stage.users.syncRoom(session, client.token, 5000, since);
      since = next.next_batch;
      return next.rooms && next;
    });
    expect(sync.rooms.join[session].timeline.events).toMatchObject([{ type, content, sender: consultant.userId }]);
  });
}
