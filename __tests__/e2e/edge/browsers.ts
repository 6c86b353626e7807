import type { RawAnswer } from './raw-answer';
import type { EdgeStage } from './stage';

const CORS = {
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Allow-Methods': expect.stringMatching(/GET.*POST.*PUT.*DELETE/),
  'Access-Control-Allow-Headers': expect.stringMatching(/Content-Type.*Authorization/),
};

/** CORS, redirects and HSTS for browsers. */
export function browsers(stage: EdgeStage): void {
  const client = (path: string) => `/_matrix/client/v3/${path}`;
  const headers = (answer: RawAnswer, names: object) =>
    Object.fromEntries(Object.keys(names).map((name) => [name, answer.header(name)]));

  it.each([
    [client('login'), 'POST'],
    [client('sync'), 'GET'],
    [client('rooms/x/send/m.room.message/1'), 'PUT'],
    ['/_matrix/media/v3/upload', 'POST'],
    ['/_matrix/client/v1/media/download/edge.test/x', 'GET'],
    ['/_matrix/client/v3/devices/x', 'DELETE'],
  ])('answers a CORS preflight for %s', async (path, method) => {
    const asked = {
      'Access-Control-Request-Method': method,
      'Access-Control-Request-Headers': 'authorization,content-type',
    };
    const answer = await stage.ask({ method: 'OPTIONS', path, headers: { Origin: 'https://app.example', ...asked } });
    expect([200, 204]).toContain(answer.status);
    expect(headers(answer, CORS)).toEqual(CORS);
  });

  it.each([
    ['there is no token', { path: client('sync') }, 401, 'M_MISSING_TOKEN'],
    ['the homeserver does not know the path', { path: client('nothing') }, 404, 'M_UNRECOGNIZED'],
    ['the proxy refuses the path', { path: '/_matrix/client/v3/admin/x' }, 404, 'M_UNRECOGNIZED'],
    ['the method is not allowed', { path: client('login'), method: 'PATCH' }, 405, 'M_UNRECOGNIZED'],
    ['the body is too large', { path: client('login'), method: 'POST', body: 'x'.repeat(70_000) }, 413, 'M_TOO_LARGE'],
  ])('lets browsers read the error when %s', async (_when, question, status, errcode) => {
    const answer = await stage.ask({ ...question, headers: { Origin: 'https://app.example' } });
    expect([answer.status, answer.json.errcode]).toEqual([status, errcode]);
    expect(answer.header('Access-Control-Allow-Origin')).toBe('*');
  });

  it('redirects GET without TLS, and refuses other methods', async () => {
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

  it('sends HSTS only over TLS', async () => {
    const question = { path: '/_matrix/client/versions' };
    expect((await stage.ask(question)).header('Strict-Transport-Security')).toBe('max-age=31536000');
    const plain = await stage.ask(question, stage.host, stage.plain);
    expect(plain.header('Strict-Transport-Security')).toBeUndefined();
  });
}
