import type { EdgeStage } from './stage';
import type { Question } from './visitor';

/** Public paths, as the specification wants them. */
export function publicPaths(stage: EdgeStage): void {
  // Its slash must reach Synapse as it was sent.
  const ALIAS = 'a/b';

  const client = (path: string) => `/_matrix/client/v3/${path}`;
  const as = (question: Question): Question => ({ token: stage.alice.token, ...question });

  it.each([
    ['/_matrix/client/versions', { versions: expect.arrayContaining(['v1.11']) }],
    [client('login'), { flows: expect.arrayContaining([{ type: 'm.login.password' }]) }],
    ['/_matrix/federation/v1/version', { server: { name: 'Synapse', version: expect.any(String) } }],
    ['/_matrix/key/v2/server', { server_name: 'edge.test', verify_keys: expect.anything() }],
  ])('%s answers without a token', async (path, json) => {
    const answer = await stage.ask({ path });
    expect({ status: answer.status, json: answer.json }).toEqual({ status: 200, json: expect.objectContaining(json) });
  });

  it.each([
    ['server', { 'm.server': 'matrix.edge.test:443' }],
    ['client', { 'm.homeserver': { base_url: 'https://matrix.edge.test' } }],
  ])('serves /.well-known/matrix/%s at the host of the server name', async (document, json) => {
    const answer = await stage.ask({ path: `/.well-known/matrix/${document}` }, stage.serverName);
    expect(answer.json).toEqual(json);
    expect(answer.header('Access-Control-Allow-Origin')).toBe('*');
  });

  it('logs in with a password', async () => {
    const { userId, password } = stage.alice;
    const body = { type: 'm.login.password', identifier: { type: 'm.id.user', user: userId }, password };
    const answer = await stage.ask({ method: 'POST', path: client('login'), body });
    expect(answer.json).toMatchObject({ user_id: userId, access_token: expect.any(String) });
    const out = await stage.ask({ method: 'POST', path: client('logout'), token: answer.json.access_token, body: {} });
    expect(out.status).toBe(200);
  });

  it('creates a room, sends a message and syncs', async () => {
    // Synapse caches a first sync for a while, so this needs an account that has not synced.
    const { token } = await stage.person();
    const body = { room_alias_name: `${ALIAS}${Date.now()}` };
    const made = await stage.ask({ token, method: 'POST', path: client('createRoom'), body });
    const room = encodeURIComponent(made.json.room_id);
    const message = { msgtype: 'm.text', body: 'Good morning' };
    const sent = await stage.ask({
      token,
      method: 'PUT',
      path: client(`rooms/${room}/send/m.room.message/1`),
      body: message,
    });
    expect(sent.json).toEqual({ event_id: expect.any(String) });
    const synced = await stage.ask({ token, path: client('sync?timeout=0') });
    expect(synced.json.rooms.join[made.json.room_id].timeline.events).toContainEqual(
      expect.objectContaining({ content: message }),
    );
    const alias = encodeURIComponent(`#${body.room_alias_name}:edge.test`);
    expect(alias).toContain('%2F');
    const found = await stage.ask({ path: client(`directory/room/${alias}`) });
    expect(found.json).toMatchObject({ room_id: made.json.room_id });
  });

  it.each<[string, string, object | undefined, object]>([
    ['GET', 'capabilities', undefined, { capabilities: expect.anything() }],
    ['GET', 'account/whoami', undefined, { user_id: expect.stringContaining('@person') }],
    ['GET', 'pushrules/', undefined, { global: expect.anything() }],
    ['GET', 'voip/turnServer', undefined, {}],
    ['GET', 'joined_rooms', undefined, { joined_rooms: expect.any(Array) }],
    ['POST', 'keys/upload', {}, { one_time_key_counts: expect.anything() }],
    ['POST', 'keys/query', { device_keys: {} }, { device_keys: {} }],
    ['POST', 'keys/claim', { one_time_keys: {} }, { one_time_keys: {} }],
  ])('%s %s answers a logged-in user', async (method, path, body, json) => {
    const answer = await stage.ask(as({ method, path: client(path), body }));
    expect({ status: answer.status, json: answer.json }).toEqual({ status: 200, json: expect.objectContaining(json) });
  });

  it('uploads a file and downloads it', async () => {
    const body = `bytes \0\xff ${Math.random()}`;
    const type = { 'Content-Type': 'application/octet-stream' };
    const up = await stage.ask(as({ method: 'POST', path: '/_matrix/media/v3/upload', headers: type, body }));
    const file = up.json.content_uri.replace('mxc://', '');
    const down = await stage.ask(as({ path: `/_matrix/client/v1/media/download/${file}` }));
    expect(down.body).toBe(body);
    expect((await stage.ask({ path: `/_matrix/client/v1/media/download/${file}` })).status).toBe(401);
  });

  it('serves only media at the media host', async () => {
    const ask = (path: string) => stage.ask(as({ path }), stage.mediaHost);
    expect((await ask('/_matrix/media/v3/config')).json).toEqual({ 'm.upload.size': 50 * 1024 * 1024 });
    const closed = ['/_matrix/client/versions', client('account/whoami'), '/_matrix/federation/v1/version'];
    const around = [
      '/_matrix/media/../client/versions',
      '/_matrix/media/%2e%2e/client/versions',
      '/_matrix/media/..%2fclient/versions',
    ];
    for (const path of [...closed, ...around, '/_synapse/client/pick_idp', '/_synapse/admin/v1/server_version']) {
      expect([path, (await ask(path)).status]).toEqual([path, 404]);
    }
  });

  it('serves only discovery at the host of the server name', async () => {
    for (const path of ['/', '/_matrix/client/versions', '/_matrix/key/v2/server', '/_synapse/client/pick_idp']) {
      expect([path, (await stage.ask({ path }, stage.serverName)).status]).toEqual([path, 404]);
    }
  });

  it('serves the pages of single sign-on', async () => {
    const page = await stage.ask({ path: '/_synapse/client/pick_idp?redirectUrl=https://app.example/' });
    expect([page.status, page.header('Content-Type')]).toEqual([200, expect.stringContaining('text/html')]);
  });
}
