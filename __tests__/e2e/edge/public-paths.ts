import type { RawAnswer } from './raw-answer';
import type { EdgeStage } from './stage';
import type { Question } from './visitor';

const CORS = {
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Allow-Methods': expect.stringMatching(/GET.*POST.*PUT.*DELETE/),
  'Access-Control-Allow-Headers': expect.stringMatching(/Content-Type.*Authorization/),
};

/** What the specification wants of the paths that are public. */
export function publicPaths(stage: EdgeStage): void {
  // Its slash must come to Synapse as it was sent.
  const ALIAS = 'a/b';

  const client = (path: string) => `/_matrix/client/v3/${path}`;
  const as = (question: Question): Question => ({ token: stage.alice.token, ...question });
  const headers = (answer: RawAnswer, names: object) =>
    Object.fromEntries(Object.keys(names).map((name) => [name, answer.header(name)]));

  it.each([
    ['/_matrix/client/versions', { versions: expect.arrayContaining(['v1.11']) }],
    [client('login'), { flows: expect.arrayContaining([{ type: 'm.login.password' }]) }],
    ['/_matrix/federation/v1/version', { server: { name: 'Synapse', version: expect.any(String) } }],
    ['/_matrix/key/v2/server', { server_name: 'edge.test', verify_keys: expect.anything() }],
  ])('%s answers anybody', async (path, json) => {
    const answer = await stage.ask({ path });
    expect({ status: answer.status, json: answer.json }).toEqual({ status: 200, json: expect.objectContaining(json) });
  });

  it.each([
    ['server', { 'm.server': 'matrix.edge.test:443' }],
    ['client', { 'm.homeserver': { base_url: 'https://matrix.edge.test' } }],
  ])('/.well-known/matrix/%s stands at the host of the server name', async (document, json) => {
    const answer = await stage.ask({ path: `/.well-known/matrix/${document}` }, stage.serverName);
    expect(answer.json).toEqual(json);
    expect(answer.header('Access-Control-Allow-Origin')).toBe('*');
  });

  it('logs in, by a password', async () => {
    const { userId, password } = stage.alice;
    const body = { type: 'm.login.password', identifier: { type: 'm.id.user', user: userId }, password };
    const answer = await stage.ask({ method: 'POST', path: client('login'), body });
    expect(answer.json).toMatchObject({ user_id: userId, access_token: expect.any(String) });
    const out = await stage.ask({ method: 'POST', path: client('logout'), token: answer.json.access_token, body: {} });
    expect(out.status).toBe(200);
  });

  it('makes a room, sends, and syncs', async () => {
    const body = { room_alias_name: `${ALIAS}${Date.now()}` };
    const made = await stage.ask(as({ method: 'POST', path: client('createRoom'), body }));
    const room = encodeURIComponent(made.json.room_id);
    const message = { msgtype: 'm.text', body: 'Good morning' };
    const sent = await stage.ask(
      as({ method: 'PUT', path: client(`rooms/${room}/send/m.room.message/1`), body: message }),
    );
    expect(sent.json).toEqual({ event_id: expect.any(String) });
    const synced = await stage.ask(as({ path: client('sync?timeout=0') }));
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
  ])('%s %s answers who is logged in', async (method, path, body, json) => {
    const answer = await stage.ask(as({ method, path: client(path), body }));
    expect({ status: answer.status, json: answer.json }).toEqual({ status: 200, json: expect.objectContaining(json) });
  });

  it('takes a file, and gives it back', async () => {
    const body = `bytes \0\xff ${Math.random()}`;
    const type = { 'Content-Type': 'application/octet-stream' };
    const up = await stage.ask(as({ method: 'POST', path: '/_matrix/media/v3/upload', headers: type, body }));
    const file = up.json.content_uri.replace('mxc://', '');
    const down = await stage.ask(as({ path: `/_matrix/client/v1/media/download/${file}` }));
    expect(down.body).toBe(body);
    expect((await stage.ask({ path: `/_matrix/client/v1/media/download/${file}` })).status).toBe(401);
  });

  it('the host for files leads to files alone', async () => {
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

  it('the host of the server name leads to discovery alone', async () => {
    for (const path of ['/', '/_matrix/client/versions', '/_matrix/key/v2/server', '/_synapse/client/pick_idp']) {
      expect([path, (await stage.ask({ path }, stage.serverName)).status]).toEqual([path, 404]);
    }
  });

  it('leads to the pages of single sign-on', async () => {
    const page = await stage.ask({ path: '/_synapse/client/pick_idp?redirectUrl=https://app.example/' });
    expect([page.status, page.header('Content-Type')]).toEqual([200, expect.stringContaining('text/html')]);
  });

  it.each([
    [client('login'), 'POST'],
    [client('sync'), 'GET'],
    [client('rooms/x/send/m.room.message/1'), 'PUT'],
    ['/_matrix/media/v3/upload', 'POST'],
    ['/_matrix/client/v1/media/download/edge.test/x', 'GET'],
    ['/_matrix/client/v3/devices/x', 'DELETE'],
  ])('lets browsers ask beforehand for %s', async (path, method) => {
    const asked = {
      'Access-Control-Request-Method': method,
      'Access-Control-Request-Headers': 'authorization,content-type',
    };
    const answer = await stage.ask({ method: 'OPTIONS', path, headers: { Origin: 'https://app.example', ...asked } });
    expect([200, 204]).toContain(answer.status);
    expect(headers(answer, CORS)).toEqual(CORS);
  });

  it.each([
    ['nobody is logged in', { path: client('sync') }, 401, 'M_MISSING_TOKEN'],
    ['the homeserver knows no such path', { path: client('nothing') }, 404, 'M_UNRECOGNIZED'],
    ['the proxy knows none', { path: '/_matrix/client/v3/admin/x' }, 404, 'M_UNRECOGNIZED'],
    ['the method is none', { path: client('login'), method: 'PATCH' }, 405, 'M_UNRECOGNIZED'],
    ['it is said too long', { path: client('login'), method: 'POST', body: 'x'.repeat(70_000) }, 413, 'M_TOO_LARGE'],
  ])('browsers may read the error when %s', async (_when, question, status, errcode) => {
    const answer = await stage.ask({ ...question, headers: { Origin: 'https://app.example' } });
    expect([answer.status, answer.json.errcode]).toEqual([status, errcode]);
    expect(answer.header('Access-Control-Allow-Origin')).toBe('*');
  });

  it('without TLS redirects what only reads, and refuses all else', async () => {
    const [path, body] = [client('login?x=%2F'), '{}'];
    const ask = (method: string) =>
      stage.ask({ method, path, ...(method === 'GET' ? {} : { body }) }, stage.host, stage.plain);
    const redirected = await ask('GET');
    expect([redirected.status, redirected.header('Location')]).toEqual([301, `https://${stage.host}${path}`]);
    for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS']) {
      const refused = await ask(method);
      expect([method, refused.status, refused.header('Location')]).toEqual([method, 403, undefined]);
    }
  });

  it('tells browsers to come over TLS, once they do', async () => {
    const question = { path: '/_matrix/client/versions' };
    expect((await stage.ask(question)).header('Strict-Transport-Security')).toBe('max-age=31536000');
    const plain = await stage.ask(question, stage.host, stage.plain);
    expect(plain.header('Strict-Transport-Security')).toBeUndefined();
  });
}
