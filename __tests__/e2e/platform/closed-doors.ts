import { eventually } from '../support/kubectl';
import type { Stage } from './stage';

export function closedDoors(stage: Stage): void {
  describe('nobody makes an account for himself', () => {
    it.each(['v3', 'r0'])('not at %s', async (version) => {
      const body = { username: 'intruder', password: 'a-long-one', auth: { type: 'm.login.dummy' } };
      expect(await stage.refusal('POST', `/_matrix/client/${version}/register`, body)).toBe('403 M_FORBIDDEN');
    });

    it('and there are no guests', async () => {
      expect(await stage.refusal('POST', '/_matrix/client/v3/register?kind=guest', {})).toMatch(/^403 /);
    });

    it('and the admin API does not make one either', async () => {
      const { token } = await stage.person('client');
      const path = '/_synapse/admin/v2/users/@intruder:caritas.local';
      expect(await stage.refusal('PUT', path, { password: 'a-long-one', admin: true })).toBe('401 M_MISSING_TOKEN');
      expect(await stage.refusal('PUT', path, { admin: true }, token)).toBe('403 M_FORBIDDEN');
    });
  });

  describe('nobody finds others', () => {
    it('not in the user directory, though they share a public call room', async () => {
      const [one, other] = [await stage.person('client'), await stage.person('stranger')];
      const open = { preset: 'public_chat', visibility: 'private' };
      const { room_id } = await stage.matrix.ok('POST', '/_matrix/client/v3/createRoom', open, one.token);
      await stage.matrix.ok('POST', `/_matrix/client/v3/join/${room_id}`, {}, other.token);
      // Synapse keeps the directory all the same: it must have written it before it is asked.
      const listed = `SELECT count(*) FROM users_in_public_rooms WHERE user_id = '${other.userId}'`;
      await eventually('the directory', 20, async () => (await stage.system.sql(listed)) === '1');
      const search = { search_term: 'stranger' };
      const found = await stage.matrix.ok('POST', '/_matrix/client/v3/user_directory/search', search, one.token);
      expect(found).toEqual({ limited: false, results: [] });
    });

    it('nor a room in the list of rooms, though somebody asked for it to be there', async () => {
      const { token } = await stage.person('client');
      const open = { preset: 'public_chat', name: 'Open to all', room_alias_name: stage.name('open') };
      const { room_id } = await stage.matrix.ok('POST', '/_matrix/client/v3/createRoom', open, token);
      await stage.matrix.request(
        'PUT',
        `/_matrix/client/v3/directory/list/room/${room_id}`,
        { visibility: 'public' },
        token,
      );
      const list = await stage.matrix.ok('POST', '/_matrix/client/v3/publicRooms', {}, token);
      expect(list.chunk).toEqual([]);
    });

    it('nor a profile without a token', async () => {
      const path = `/_matrix/client/v3/profile/${await stage.user('client')}`;
      expect(await stage.refusal('GET', path)).toBe('401 M_MISSING_TOKEN');
    });
  });

  it('nobody is put into a room without being asked: a new account has none', async () => {
    const { token } = await stage.person('client');
    expect(await stage.users.joinedRooms(token)).toEqual([]);
  });
}
