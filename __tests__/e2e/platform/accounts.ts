import { eventually } from '../support/kubectl';
import type { Stage } from './stage';

const WHOAMI = '/_matrix/client/r0/account/whoami';

export function accounts(stage: Stage): void {
  describe('UserService starts', () => {
    it('finds no admin, registers one and logs it in', () => {
      expect(stage.started).toEqual(['login 403', 'register 200', 'login 200']);
    });

    it('logs its admin in at once the next time', async () => {
      expect(await stage.users.start()).toEqual(['login 200']);
    });

    it('gets no rooms in the sync of its admin, so that its event listener never fires', async () => {
      const { userId } = await stage.person('client');
      const id = await stage.agencies.direct(userId, await stage.user('client'), stage.name('session'));
      expect(await stage.users.joinedRooms(await stage.users.loginAs(userId))).toEqual([id]);

      const sync = await stage.matrix.ok('GET', '/_matrix/client/r0/sync?timeout=0', undefined, stage.users.adminToken);
      expect(sync.next_batch).toBeTruthy();
      expect(sync.rooms).toBeUndefined();
      expect(await stage.users.joinedRooms(stage.users.adminToken)).toEqual([]);
    });
  });

  describe('registration by the shared secret', () => {
    it('returns the nonce as compact JSON, which the service parses by hand', async () => {
      expect(await stage.users.nonceBody()).toMatch(/^\{"nonce":"[0-9a-f]{64,}"\}$/);
    });

    it('refuses a wrong mac', async () => {
      const fields = { username: stage.name('forged'), password: 'x', admin: true };
      const answer = await stage.users.register(fields, { mac: '0'.repeat(40) });
      expect(answer).toMatchObject({ status: 403, body: { error: 'HMAC incorrect' } });
    });

    it('accepts a nonce only once', async () => {
      const nonce = JSON.parse(await stage.users.nonceBody()).nonce;
      const fields = () => ({ username: stage.name('twice'), password: 'x', admin: false });
      expect((await stage.users.register(fields(), { nonce })).status).toBe(200);
      expect(await stage.users.register(fields(), { nonce })).toMatchObject({
        status: 400,
        body: { error: 'unrecognised nonce' },
      });
    });

    it.each([true, false])('creates an admin only when requested: %s', async (admin) => {
      const fields = { username: stage.name('somebody'), password: 'x', admin };
      const userId = (await stage.users.register(fields)).body.user_id;
      const path = `/_synapse/admin/v2/users/${userId}`;
      expect((await stage.matrix.ok('GET', path, undefined, stage.users.adminToken)).admin).toBe(admin);
    });

    it('ignores the misspelt displayName, so that only the later update sets the name', async () => {
      const userId = await stage.users.createUser(stage.name('named'), 'Frau Müller');
      expect(await displayName(userId)).toBe(userId.slice(1).split(':')[0]);

      expect((await stage.users.updateDisplayName(userId, 'Frau Müller')).status).toBe(200);
      expect(await displayName(userId)).toBe('Frau Müller');
    });
  });

  describe('login', () => {
    it.each([
      ['the bare name', (name: string) => name],
      ['the whole user ID', (name: string) => `@${name}:caritas.local`],
    ])('accepts %s in the old field `user`', async (_what, written) => {
      const agency = await stage.agencies.provision(stage.name('agency'));
      const answer = await stage.users.login(written(agency.username), agency.password);
      expect(answer).toMatchObject({ status: 200, body: { user_id: agency.userId, home_server: 'caritas.local' } });
      expect(answer.body).not.toHaveProperty('expires_in_ms');
    });

    it('refuses a wrong password', async () => {
      const agency = await stage.agencies.provision(stage.name('agency'));
      expect(await stage.users.login(agency.username, 'wrong')).toMatchObject({
        status: 403,
        body: { errcode: 'M_FORBIDDEN' },
      });
    });
  });

  describe('login as another user', () => {
    it('returns a token of that user without a device, which cannot upload keys', async () => {
      const { userId, token } = await stage.person('client');
      const who = await stage.matrix.ok('GET', WHOAMI, undefined, token);
      expect(who).toEqual({ user_id: userId, is_guest: false });
      expect(await stage.refusal('POST', '/_matrix/client/r0/keys/upload', {}, token)).toBe('400 M_UNKNOWN');
    });

    it('expires at valid_until_ms', async () => {
      const token = await stage.users.loginAs(await stage.user('client'), 1500);
      expect((await stage.matrix.request('GET', WHOAMI, undefined, token)).status).toBe(200);
      await eventually('the end of the token', 10, async () => {
        return (await stage.refusal('GET', WHOAMI, undefined, token)) === '401 M_UNKNOWN_TOKEN';
      });
    });

    it('is allowed only to admins, for existing accounts', async () => {
      const { userId, token } = await stage.person('client');
      const path = (id: string) => `/_synapse/admin/v1/users/${id}/login`;
      expect(await stage.refusal('POST', path(userId), {}, token)).toBe('403 M_FORBIDDEN');
      expect(await stage.refusal('POST', path('@nobody:caritas.local'), {}, stage.users.adminToken)).toMatch(/^404 /);
    });
  });

  describe('AgencyService provisions an agency', () => {
    it('with its display name', async () => {
      const { userId } = await stage.agencies.provision(stage.name('agency'), 'Beratung Köln');
      expect(await displayName(userId)).toBe('Beratung Köln');
    });

    it('that exists by setting a new password, without logging it out', async () => {
      const before = await stage.agencies.provision(stage.name('agency'));
      const token = await stage.agencies.agencyToken(before);

      const after = await stage.agencies.provision(before.username);
      expect(after.userId).toBe(before.userId);
      expect((await stage.users.login(before.username, before.password)).status).toBe(403);
      expect((await stage.users.login(after.username, after.password)).status).toBe(200);
      expect((await stage.matrix.ok('GET', WHOAMI, undefined, token)).user_id).toBe(before.userId);
    });

    it('and gets M_USER_IN_USE with status 400 when it exists', async () => {
      const { username } = await stage.agencies.provision(stage.name('agency'));
      const again = await stage.users.register({ username, password: 'x', admin: false });
      expect(again).toMatchObject({ status: 400, body: { errcode: 'M_USER_IN_USE' } });
    });
  });

  async function displayName(userId: string): Promise<string> {
    const path = `/_matrix/client/r0/profile/${userId}`;
    return (await stage.matrix.ok('GET', path, undefined, stage.users.adminToken)).displayname;
  }
}
