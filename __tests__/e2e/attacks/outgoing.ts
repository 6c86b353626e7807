import type { Attack, AttackStage } from './stage';

/** Spellings of the key notary's path. */
const NOTARY = [
  'query',
  'query/',
  'query?x=1',
  'query/example.org/ed25519:a',
  '%71uery',
  'quer%79',
  '/query',
  ';/query',
];

/** Requests that make Synapse ask servers that the client chooses. */
export function outgoing(stage: AttackStage): void {
  // Before: one fetch for each name, of which a body held 25,000.
  it.each(['edge', 'client', 'federation', 'admin'] as const)('refuses the key notary at listener `%s`', async (to) => {
    const paths = [...NOTARY.map((last) => `/_matrix/key/v2/${last}`), '/_matrix/%6bey/v2/query'];
    const body = { server_keys: { 'a.example.org': {}, 'b.example.org': {} } };
    const asked = paths.flatMap((path): Attack[] => [
      { to, method: 'POST', path, body },
      { to, method: 'GET', path },
    ]);
    expect(new Set(await stage.statuses(asked))).toEqual(new Set([404]));
  });

  it('still serves its own keys', async () => {
    const asked = ['/_matrix/key/v2/server', '/_matrix/key/v2/server/ed25519:a'];
    expect(await stage.statuses(asked.map((path) => ({ method: 'GET', path })))).toEqual([200, 200]);
  });

  it('summarizes rooms of other servers only for users, and asks few servers for one room', async () => {
    const via = (count: number, name = 'via') =>
      Array.from({ length: count }, (_, n) => `${name}=s${n}.test`).join('&');
    const { token } = stage.alice;
    const path = '/_matrix/client/v1/room_summary/!room:other.test';
    const statuses = await stage.statuses([
      { method: 'GET', path: `${path}?${via(1)}` },
      { method: 'GET', path: `${path}?${via(11)}`, token },
      { method: 'GET', path: `${path}?${via(11, 'v%69a')}`, token },
      { method: 'POST', path: `/_matrix/client/v3/join/!room:other.test?${via(11, 'server_name')}`, token, body: {} },
    ]);
    expect(statuses).toEqual([401, 400, 400, 400]);
  });

  it('asks no identity server', async () => {
    const { token } = stage.alice;
    const { room_id } = await stage.matrix.ok('POST', '/_matrix/client/v3/createRoom', {}, token);
    const address = { medium: 'email', address: 'somebody@example.org' };
    const there = { id_server: 'identity.test', id_access_token: 'x' };
    const post = (path: string, body: object | string): Attack => {
      return { method: 'POST', path: `/_matrix/client/v3/${path}`, token, body };
    };
    const statuses = await stage.statuses([
      post('account/3pid/bind', { ...there, client_secret: 'x', sid: 'x' }),
      post('account/3pid/unbind', { ...there, ...address }),
      post('account/3pid/delete', { ...there, ...address }),
      post('account/3pid/delete', JSON.stringify({ ...there, ...address }).replace('id_server', 'id\\u005fserver')),
      post('account/deactivate', there),
      post(`rooms/${room_id}/invite`, { ...there, ...address }),
      post('createRoom', { invite_3pid: [{ ...there, ...address }] }),
    ]);
    expect(new Set(statuses)).toEqual(new Set([403]));
  });

  it('starts no pushers, and keeps unread counts', async () => {
    const config = await stage.system.exec('deployment/matrix-synapse', 'cat', '/config/homeserver.yaml');
    expect(config).toContain('start_pushers: false');
    const [bob, { token }] = [await stage.person(), stage.alice];
    const { room_id } = await stage.matrix.ok('POST', '/_matrix/client/v3/createRoom', { invite: [bob.userId] }, token);
    await stage.matrix.ok('POST', `/_matrix/client/v3/rooms/${room_id}/join`, {}, bob.token);
    const message = { msgtype: 'm.text', body: 'Good morning' };
    await stage.matrix.ok('PUT', `/_matrix/client/v3/rooms/${room_id}/send/m.room.message/1`, message, token);
    const { rooms } = await stage.matrix.ok('GET', '/_matrix/client/v3/sync?timeout=0', undefined, bob.token);
    expect(rooms.join[room_id].unread_notifications.notification_count).toBe(1);
  });
}
