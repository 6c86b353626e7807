import { room } from '../support/platform-rooms';
import type { Agency } from './agency-service';
import type { Stage } from './stage';

export function flows(stage: Stage): void {
  let agency: Agency;
  let agencyToken: string;
  beforeAll(async () => {
    agency = await stage.agencies.provision(stage.name('agency'));
    agencyToken = await stage.agencies.agencyToken(agency);
  });

  const membership = async (id: string, userId: string, token: string) =>
    (await stage.state(id, `m.room.member/${userId}`, token)).membership;

  describe('a room that the services create', () => {
    let id: string;
    let alias: string;
    beforeAll(async () => {
      alias = stage.name('agency_hold_1_');
      id = await stage.users.createRoom('Enquiry', alias, agencyToken);
    });

    it('has an ID that ends in the server name, because the platform parses it', () => {
      expect(id).toMatch(/^![A-Za-z0-9]{18}:caritas\.local$/);
    });

    it.each([
      ['m.room.create', { room_version: '11' }],
      ['m.room.name', { name: 'Enquiry' }],
      ['m.room.join_rules', { join_rule: 'invite' }],
      ['m.room.history_visibility', { history_visibility: 'shared' }],
    ])('has %s %j', async (type, content) => {
      expect(await stage.state(id, type, agencyToken)).toMatchObject(content);
    });

    it('is not encrypted', async () => {
      expect(await stage.refusal('GET', room(id, 'state/m.room.encryption'), undefined, agencyToken)).toBe(
        '404 M_NOT_FOUND',
      );
    });

    it('is found by its alias, which no second room can have', async () => {
      const path = `/_matrix/client/r0/directory/room/${encodeURIComponent(`#${alias}:caritas.local`)}`;
      expect((await stage.matrix.ok('GET', path, undefined, agencyToken)).room_id).toBe(id);
      const again = { name: 'Enquiry', room_alias_name: alias, preset: 'private_chat', visibility: 'private' };
      expect(await stage.refusal('POST', '/_matrix/client/r0/createRoom', again, agencyToken)).toBe(
        '400 M_ROOM_IN_USE',
      );
    });

    it('refuses to let a user join without an invitation', async () => {
      const stranger = await stage.person('client');
      expect(await stage.refusal('POST', room(id, 'join'), {}, stranger.token)).toBe('403 M_FORBIDDEN');
      expect(await stage.refusal('GET', room(id, 'messages?dir=b'), undefined, stranger.token)).toBe('403 M_FORBIDDEN');
    });
  });

  it('enquiry: the agency creates the room, and the client is a member', async () => {
    const client = await stage.person('client');
    const id = await stage.agencies.enquiry(agency, client.userId, stage.name('agency_hold_2_'));
    expect(await membership(id, client.userId, client.token)).toBe('join');
    expect(await stage.users.joinedRooms(client.token)).toEqual([id]);
    expect(await stage.users.joinedRooms(agencyToken)).toContain(id);
  });

  it('assignment: the consultant administers the room, and the agency has left', async () => {
    const client = await stage.person('client');
    const consultant = await stage.person('consultant');
    const id = await stage.agencies.enquiry(agency, client.userId, stage.name('agency_hold_3_'));
    await stage.users.sendMessage(id, 'My worry', client.token);
    await stage.agencies.assign(id, agency, consultant.userId, agencyToken);

    const { users } = await stage.state(id, 'm.room.power_levels', consultant.token);
    expect(users[consultant.userId]).toBe(100);
    expect(await membership(id, agency.userId, consultant.token)).toBe('leave');
    expect(await stage.users.joinedRooms(agencyToken)).not.toContain(id);
    expect(await stage.users.getRoomMessages(id, consultant.token)).toEqual(['My worry']);
    await stage.users.sendMessage(id, 'How can I help?', consultant.token);
    expect(await stage.users.getRoomMessages(id, client.token)).toEqual(['How can I help?', 'My worry']);
  });

  it('direct: consultant and client share a room without an agency', async () => {
    const [client, consultant] = [await stage.person('client'), await stage.person('consultant')];
    const id = await stage.agencies.direct(consultant.userId, client.userId, stage.name('session_'));
    const { joined } = await stage.matrix.ok('GET', room(id, 'joined_members'), undefined, client.token);
    expect(Object.keys(joined).sort()).toEqual([client.userId, consultant.userId].sort());
  });

  it('supervisor: reads and writes at level 10, cannot change the room, and leaves by a member event', async () => {
    const [client, consultant] = [await stage.person('client'), await stage.person('consultant')];
    const supervisor = await stage.user('supervisor');
    const id = await stage.agencies.direct(consultant.userId, client.userId, stage.name('session_'));
    await stage.users.sendMessage(id, 'Before', client.token);
    const token = await stage.agencies.supervise(id, supervisor, consultant.token);

    expect((await stage.state(id, 'm.room.power_levels', token)).users[supervisor]).toBe(10);
    expect(await stage.users.getRoomMessages(id, token)).toEqual(['Before']);
    await stage.users.sendMessage(id, 'Note', token);
    expect(await stage.refusal('PUT', room(id, 'state/m.room.name'), { name: 'Mine' }, token)).toBe('403 M_FORBIDDEN');

    await stage.users.removeUserFromRoom(id, supervisor, token);
    expect(await membership(id, supervisor, consultant.token)).toBe('leave');
    expect(await stage.users.joinedRooms(token)).toEqual([]);
  });

  it('group chat: has the alias group_chat_N, and the owner removes a member', async () => {
    const owner = await stage.person('consultant');
    const members = await stage.crowd('client', 2);
    const alias = stage.name('group_chat_');
    const id = await stage.agencies.groupChat(alias, owner.userId, members);
    const { joined } = await stage.matrix.ok('GET', room(id, 'joined_members'), undefined, owner.token);
    expect(Object.keys(joined).sort()).toEqual([owner.userId, ...members].sort());
    expect((await stage.state(id, 'm.room.canonical_alias', owner.token)).alias).toBe(`#${alias}:caritas.local`);

    await stage.users.removeUserFromRoom(id, members[0], owner.token);
    expect(await membership(id, members[0], owner.token)).toBe('leave');
    expect(await stage.users.joinedRooms(await stage.users.loginAs(members[0]))).toEqual([]);
  });
}
