import { atNight } from '../support/at-night';
import type { EdgeStage } from './stage';
import { type Question, spoken } from './visitor';

const LOGIN = '/_matrix/client/v3/login';

/** Attacks that use only public paths. */
export function attacks(stage: EdgeStage): void {
  const raw = (head: string[]) => ({
    listener: stage.listeners.client,
    pieces: [{ bytes: `${head.join('\r\n')}\r\n\r\n` }],
  });
  const request = (question: Question) => ({
    listener: stage.listeners.client,
    pieces: [{ bytes: spoken(stage.host, question) }],
  });
  /** As one person on the internet: private addresses, as those of these pods, count as many people. */
  const person = (address: string, { headers, ...question }: Question) => ({
    ...request({ ...question, headers: { ...headers, 'X-Forwarded-For': address } }),
    listener: stage.listeners.edge,
  });

  const guarded = [
    ['POST', 'delete_devices'],
    // Synapse accepts an empty device ID.
    ['DELETE', 'devices/'],
  ];
  atNight.it.each(guarded)('limits password guesses by re-authentication: %s %s', async (method, last) => {
    const [mallory, victim] = [await stage.person(), await stage.person()];
    const guess = (password: string) => ({
      type: 'm.login.password',
      identifier: { type: 'm.id.user', user: victim.userId },
      password,
    });
    const visitor = await stage.visitor(`mallory-${method.toLowerCase()}`);
    const path = `/_matrix/client/v3/${last}`;
    const guesses = Array.from({ length: 100 }, (_, n) =>
      person(`198.51.100.${method.length}`, {
        method,
        path,
        token: mallory.token,
        body: { devices: ['x'], auth: guess(`guess ${n}`) },
      }),
    );
    const statuses = (await visitor.ask(guesses, 4)).map(({ status }) => status);
    // Each of the two proxies allows 30.
    expect(statuses.filter((status) => status === 401).length).toBeLessThanOrEqual(60);
    expect(statuses.filter((status) => status === 429).length).toBeGreaterThanOrEqual(40);
  });

  atNight.it('accepts other logins while one address floods it with logins', async () => {
    const victim = await stage.person();
    const flood = await stage.visitor('flood');
    const anybody = await stage.visitor('anybody');
    const body = (user: string, password: string) => ({ type: 'm.login.password', user, password });
    const wrong = Array.from({ length: 400 }, (_, n) =>
      person('198.51.100.20', { method: 'POST', path: LOGIN, body: body(`nobody${n}`, 'x') }),
    );
    const flooding = flood.ask(wrong, 150);
    await new Promise((done) => setTimeout(done, 2000));
    const question = { method: 'POST', path: LOGIN, body: body(victim.userId, victim.password) };
    const [answer] = await anybody.ask([request(question)]);
    expect(answer.status).toBe(200);
    // It takes 2 s on an idle machine. In CI another suite runs at the same time.
    expect(answer.heard.seconds).toBeLessThan(15);
    expect((await flooding).map(({ status }) => status)).toContain(429);
  });

  it('accepts other logins while slow ones are incomplete', async () => {
    const victim = await stage.person();
    const slow = await stage.visitor('slow');
    const head = spoken(stage.host, { method: 'POST', path: LOGIN, headers: { 'Content-Length': '1000' } });
    const hanging = slow.ask(
      Array(12).fill({ listener: stage.listeners.client, pieces: [{ bytes: `${head}{` }], patience: 25 }),
      12,
    );
    await new Promise((done) => setTimeout(done, 3000));
    const body = { type: 'm.login.password', user: victim.userId, password: victim.password };
    const [answer] = await (await stage.visitor('anybody')).ask([request({ method: 'POST', path: LOGIN, body })]);
    expect(answer.status).toBe(200);
    expect(answer.heard.seconds).toBeLessThan(6);
    for (const { status } of await hanging) {
      expect([408, 413, 0]).toContain(status);
    }
  });

  it.each(['4294967301', '9223372036854775807', '18446744073709551615'])(
    'refuses a Content-Length of %s',
    async (length) => {
      const head = ['POST /_matrix/client/v3/register HTTP/1.1', `Host: ${stage.host}`, `Content-Length: ${length}`];
      const [{ status }] = await (await stage.visitor('anybody')).ask([raw(head)]);
      expect([400, 413]).toContain(status);
    },
  );

  it.each(['/_matrix/client/%zz/../../../_synapse/admin/v1/x', '/_matrix/%2e%2e/_synapse/admin/v1/x%'])(
    'refuses a broken escape before a path traversal: %s',
    async (path) => {
      const [{ status }] = await (await stage.visitor('anybody')).ask([request({ path })]);
      expect(status).toBe(400);
    },
  );

  it('sends no HSTS for the host of the server name, which may serve more than Matrix', async () => {
    const discovery = await stage.ask({ path: '/.well-known/matrix/client' }, stage.serverName);
    expect([discovery.status, discovery.header('Strict-Transport-Security')]).toEqual([200, undefined]);
  });
}
