import { eventually } from '../support/kubectl';
import { createCallRoom, MEMBER } from './calls';
import type { Person, Stage } from './stage';

const DELAYED = '/_matrix/client/unstable/org.matrix.msc4140/delayed_events';

/** Element Call's membership event of a caller. */
const membership = {
  application: 'm.call',
  call_id: '',
  scope: 'm.room',
  device_id: 'DEVICE',
  expires: 14_400_000,
  focus_active: { type: 'livekit', focus_selection: 'oldest_membership' },
  foci_preferred: [{ type: 'livekit', livekit_service_url: 'https://livekit.example.org/jwt' }],
};

export function elementCall(stage: Stage): void {
  let consultant: Person;
  let client: Person;
  let id: string;
  beforeAll(async () => {
    [consultant, client] = [await stage.person('consultant'), await stage.person('client')];
    id = await createCallRoom(stage, consultant);
    await stage.matrix.ok('POST', `/_matrix/client/v3/join/${id}`, {}, client.token);
  });

  describe('in the room', () => {
    it.each(['v1/room_summary', 'unstable/im.nheko.summary/summary'])(
      'reads the summary of the room at %s',
      async (at) => {
        const stranger = await stage.person('client');
        const summary = await stage.matrix.ok('GET', `/_matrix/client/${at}/${id}`, undefined, stranger.token);
        expect(summary).toMatchObject({ room_id: id, name: 'Call', join_rule: 'public', membership: 'leave' });
      },
    );

    it('joins and sends its call membership, which the others see', async () => {
      const key = memberKey(client);
      await stage.matrix.ok('PUT', statePath(key), membership, client.token);
      expect(await stage.state(id, `${MEMBER}/${key}`, consultant.token)).toEqual(membership);
    });

    it('cannot send the call membership of another user', async () => {
      expect(await stage.refusal('PUT', statePath(consultant.userId), {}, client.token)).toBe('403 M_FORBIDDEN');
    });

    it('leaves by a delayed event when its delay expires', async () => {
      await stage.matrix.ok('PUT', statePath(memberKey(client)), membership, client.token);
      await delayedLeave(client, 1500);
      expect(await isMember(client)).toBe(true);
      await eventually('the leave', 15, async () => !(await isMember(client)));
    });

    it.each([
      ['at the path of the action', '/restart', {}, () => client.token],
      ['with the action in the body', '', { action: 'restart' }, () => client.token],
      ['by only its ID, without a token', '/restart', {}, () => undefined],
    ])('restarts the delay %s', async (_how, suffix, body, token) => {
      const delayId = await delayedLeave(client, 600_000);
      const first = await pending(client, delayId);
      await eventually('a restart', 15, async () => {
        await stage.matrix.ok('POST', `${DELAYED}/${delayId}${suffix}`, body, token());
        return (await pending(client, delayId))?.running_since > first?.running_since;
      });
      await stage.matrix.ok('POST', `${DELAYED}/${delayId}`, { action: 'cancel' }, client.token);
    });

    it('sends the delayed leave at once when it hangs up', async () => {
      await stage.matrix.ok('PUT', statePath(memberKey(client)), membership, client.token);
      const delayId = await delayedLeave(client, 600_000);
      expect(await isMember(client)).toBe(true);
      await stage.matrix.ok('POST', `${DELAYED}/${delayId}`, { action: 'send' }, client.token);
      await eventually('the leave', 10, async () => !(await isMember(client)));
      expect(await pending(client, delayId)).toBeUndefined();
    });

    it('cancels the delayed leave for good', async () => {
      const delayId = await delayedLeave(client, 600_000);
      expect(await pending(client, delayId)).toMatchObject({ delay: 600_000, type: MEMBER, room_id: id });
      await stage.matrix.ok('POST', `${DELAYED}/${delayId}`, { action: 'cancel' }, client.token);
      expect(await pending(client, delayId)).toBeUndefined();
    });

    it('can delay by at most a day', async () => {
      const day = 24 * 3600 * 1000;
      const delayId = await delayedLeave(client, day);
      await stage.matrix.ok('POST', `${DELAYED}/${delayId}`, { action: 'cancel' }, client.token);
      const longer = `${statePath(memberKey(client))}?org.matrix.msc4140.delay=${day + 1}`;
      expect(await stage.refusal('PUT', longer, {}, client.token)).toMatch(/^400 /);
    });
  });

  describe("calls' token service", () => {
    it('checks an OpenID token at the federation port', async () => {
      const path = `/_matrix/client/v3/user/${client.userId}/openid/request_token`;
      const token = await stage.matrix.ok('POST', path, {}, client.token);
      expect(token).toMatchObject({ token_type: 'Bearer', matrix_server_name: 'caritas.local', expires_in: 3600 });
      const info = `/_matrix/federation/v1/openid/userinfo?access_token=${token.access_token}`;
      expect(await stage.federation.ok('GET', info)).toEqual({ sub: client.userId });
    });

    it('refuses a forged token and an access token', async () => {
      for (const token of ['forged', client.token]) {
        const info = `/_matrix/federation/v1/openid/userinfo?access_token=${token}`;
        expect(await stage.federation.request('GET', info)).toMatchObject({
          status: 401,
          body: { errcode: 'M_UNKNOWN_TOKEN' },
        });
      }
    });

    it('refuses an OpenID token request for another user', async () => {
      const path = `/_matrix/client/v3/user/${consultant.userId}/openid/request_token`;
      expect(await stage.refusal('POST', path, {}, client.token)).toBe('403 M_FORBIDDEN');
    });
  });

  const memberKey = ({ userId }: Person) => `_${userId}_DEVICE_m.call`;
  const statePath = (key: string) => `/_matrix/client/v3/rooms/${id}/state/${MEMBER}/${encodeURIComponent(key)}`;
  const isMember = async (who: Person) =>
    'application' in (await stage.matrix.ok('GET', statePath(memberKey(who)), undefined, who.token));

  async function delayedLeave(who: Person, milliseconds: number): Promise<string> {
    const path = `${statePath(memberKey(who))}?org.matrix.msc4140.delay=${milliseconds}`;
    return (await stage.matrix.ok('PUT', path, {}, who.token)).delay_id;
  }

  /** Schedules a delayed event. */
  async function pending(who: Person, delayId: string) {
    const { delayed_events } = await stage.matrix.ok('GET', DELAYED, undefined, who.token);
    return delayed_events.find((event: { delay_id: string }) => event.delay_id === delayId);
  }
}
