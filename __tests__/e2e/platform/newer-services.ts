import { randomUUID } from 'node:crypto';
import { room } from '../support/platform-rooms';
import type { Person, Stage } from './stage';

/** Further calls of later UserService releases. */
export function newerServices(stage: Stage): void {
  const asAdmin = (method: string, path: string, body?: unknown) =>
    stage.matrix.ok(method, `/_synapse/admin/${path}`, body, stage.users.adminToken);

  /** A password for one login, which gives the browser a token with a device. */
  const loginBrowserDevice = async (userId: string, device_id: string) => {
    const password = randomUUID();
    await asAdmin('PUT', `v2/users/${userId}`, { password, logout_devices: false });
    const body = { type: 'm.login.password', user: userId, password, device_id };
    const named = { ...body, initial_device_display_name: 'ORISO Web' };
    return stage.matrix.ok('POST', '/_matrix/client/r0/login', named);
  };

  it('log a browser in with a device that can upload keys, and keep earlier devices', async () => {
    const userId = await stage.user('client');
    const first = await loginBrowserDevice(userId, 'BROWSER1');
    const second = await loginBrowserDevice(userId, 'BROWSER2');
    for (const [login, device] of [
      [first, 'BROWSER1'],
      [second, 'BROWSER2'],
    ]) {
      expect(login.device_id).toBe(device);
      const counts = await stage.matrix.ok('POST', '/_matrix/client/r0/keys/upload', {}, login.access_token);
      expect(counts).toHaveProperty('one_time_key_counts');
    }
  });

  it('erase an account, whose name stays reserved, and reactivate it', async () => {
    const username = stage.name('client');
    const userId = await stage.users.createUser(username);
    await asAdmin('POST', `v1/deactivate/${userId}`, { erase: true });
    const again = await stage.users.register({ username, password: 'x', admin: false });
    expect(again).toMatchObject({ status: 400, body: { errcode: 'M_USER_IN_USE' } });
    expect((await asAdmin('GET', `v2/users/${userId}`)).deactivated).toBe(true);

    await asAdmin('PUT', `v2/users/${userId}`, { deactivated: false });
    await asAdmin('PUT', `v2/users/${userId}`, { password: 'a-new-one', logout_devices: false });
    expect((await stage.users.login(userId, 'a-new-one')).status).toBe(200);
  });

  describe('in a room', () => {
    let consultant: Person;
    let client: Person;
    let id: string;
    beforeAll(async () => {
      ({ consultant, client, id } = await stage.session());
    });

    const members = async () => (await asAdmin('GET', `v1/rooms/${encodeURIComponent(id)}/members`)).members.sort();
    const act = (what: string, body: object, { token }: Person) => stage.matrix.ok('POST', room(id, what), body, token);

    it('list the members as admin without joining', async () => {
      expect(await members()).toEqual([client.userId, consultant.userId].sort());
    });

    it('read one event', async () => {
      const event = await stage.users.sendMessage(id, 'Look', client.token);
      const path = `/_matrix/client/v3/rooms/${id}/event/${event}`;
      const seen = await stage.matrix.ok('GET', path, undefined, consultant.token);
      expect(seen).toMatchObject({ event_id: event, content: { body: 'Look' } });
    });

    it('ban a user, lift the ban, and leave', async () => {
      await act('ban', { user_id: client.userId }, consultant);
      expect(await stage.refusal('POST', room(id, 'join'), {}, client.token)).toBe('403 M_BAD_STATE');
      await act('unban', { user_id: client.userId }, consultant);
      await act('invite', { user_id: client.userId }, consultant);
      await act('join', {}, client);
      await act('leave', {}, client);
      expect(await members()).toEqual([consultant.userId]);
    });
  });
}
