import { eventually } from '../support/kubectl';
import type { Stage } from './stage';

export function closedDoors(stage: Stage): void {
  describe('registration', () => {
    it.each(['v3', 'r0'])('is refused at %s', async (version) => {
      const body = { username: 'intruder', password: 'a-long-one', auth: { type: 'm.login.dummy' } };
      expect(await stage.refusal('POST', `/_matrix/client/${version}/register`, body)).toBe('403 M_FORBIDDEN');
    });

    it('is refused for guests', async () => {
      expect(await stage.refusal('POST', '/_matrix/client/v3/register?kind=guest', {})).toMatch(/^403 /);
    });

    it('is refused by the admin API without an administrator', async () => {
      const { token } = await stage.person('client');
      const path = '/_synapse/admin/v2/users/@intruder:caritas.local';
      expect(await stage.refusal('PUT', path, { password: 'a-long-one', admin: true })).toBe('401 M_MISSING_TOKEN');
      expect(await stage.refusal('PUT', path, { admin: true }, token)).toBe('403 M_FORBIDDEN');
    });
  });

  describe('searches', () => {
    it('do not find users of a shared public call room in the user directory', async () => {
      const [one, other] = [await stage.person('client'), await stage.person('stranger')];
      const open = { preset: 'public_chat', visibility: 'private' };
      const { room_id } = await stage.matrix.ok('POST', '/_matrix/client/v3/createRoom', open, one.token);
      await stage.matrix.ok('POST', `/_matrix/client/v3/join/${room_id}`, {}, other.token);
      // Synapse fills the directory nevertheless: the search must come after that.
      const listed = `SELECT count(*) FROM users_in_public_rooms WHERE user_id = '${other.userId}'`;
      await eventually('the directory', 20, async () => (await stage.system.sql(listed)) === '1');
      const search = { search_term: 'stranger' };
      const found = await stage.matrix.ok('POST', '/_matrix/client/v3/user_directory/search', search, one.token);
      expect(found).toEqual({ limited: false, results: [] });
    });

    it('do not find a room in the room directory, even when its creator publishes it', async () => {
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

    it('do not show a profile without a token', async () => {
      const path = `/_matrix/client/v3/profile/${await stage.user('client')}`;
      expect(await stage.refusal('GET', path)).toBe('401 M_MISSING_TOKEN');
    });
  });

  it('a new account is not in any room', async () => {
    const { token } = await stage.person('client');
    expect(await stage.users.joinedRooms(token)).toEqual([]);
  });
}
