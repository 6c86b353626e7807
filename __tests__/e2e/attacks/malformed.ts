import type { Attack, AttackStage } from './stage';

const SECRET = 'hunter2-and-nobody-else';

/** Bodies that are not what they should be; Q is where a secret stands. */
const FORMS: { [name: string]: (json: string) => string } = {
  'a comma too many': (json) => json.replace(/}$/, ',}'),
  'the end missing': (json) => json.slice(0, -1),
  'text after the end': (json) => `${json}!`,
  'single quotes': (json) => json.replaceAll('"', "'"),
  'a list around it': (json) => `[${json}]`,
  'a text': (json) => JSON.stringify(json),
  'a form': () => `user=x&password=${SECRET}`,
  'no UTF-8': (json) => json.replace(SECRET, `${SECRET}\xff`),
  'a NUL': (json) => json.replace(SECRET, `${SECRET}\\u0000`),
  'half a character': (json) => json.replace(SECRET, `${SECRET}\\ud800`),
  'a wrong type': (json) => json.replace(`"${SECRET}"`, `["${SECRET}"]`),
  'a number too large': (json) => json.replace(/}$/, ',"n":1e999}'),
  'a number too long': (json) => json.replace(/}$/, `,"n":${'1'.repeat(5000)}}`),
  'a byte order mark': (json) => `\xef\xbb\xbf${json}`,
};

const PATHS: { [path: string]: object } = {
  'POST login': { type: 'm.login.password', identifier: { type: 'm.id.user', user: 'somebody' }, password: SECRET },
  'POST login ': { type: 'm.login.password', identifier: { type: 'm.id.user', user: SECRET }, password: 'x' },
  'POST login  ': { type: SECRET, user: SECRET, password: SECRET },
  'POST register': { username: 'x', password: SECRET, auth: { type: SECRET } },
  'POST account/password': { new_password: SECRET, auth: { type: 'm.login.password', password: SECRET } },
  'PUT rooms/!a:b/send/m.room.message/1': { msgtype: 'm.text', body: SECRET },
  'PUT profile/ME/displayname': { displayname: SECRET },
  'PUT user/ME/account_data/x': { a: SECRET },
  'PUT sendToDevice/m.x/1': { messages: { ME: { '*': { a: SECRET } } } },
  'POST user/ME/filter': { room: { timeline: { types: [SECRET] } } },
  'POST createRoom': { name: SECRET, topic: SECRET },
  'POST pushers/set': { kind: 'http', app_id: SECRET, pushkey: SECRET, data: { url: SECRET } },
  'POST rooms/!a:b/receipt/m.read/$x': { thread_id: SECRET },
};

/** Bodies that Synapse does not understand. */
export function malformed(stage: AttackStage): void {
  const every = (token?: string) =>
    Object.entries(PATHS).flatMap(([name, body]) =>
      Object.values(FORMS).map((form): Attack => {
        const [method, path] = name.trim().replaceAll('ME', stage.alice.userId).split(' ');
        const text = form(JSON.stringify(body).replaceAll('ME', stage.alice.userId));
        return { method, path: `/_matrix/client/v3/${path}`, token, body: text, address: '198.51.100.9' };
      }),
    );

  // Before: the whole body, of up to 12 MB, and parts of it in the texts of exceptions.
  it('reach no log', async () => {
    const transaction = (form: (json: string) => string): Attack => ({
      ...{ method: 'PUT', path: '/_matrix/federation/v1/send/1', to: 'federation' },
      headers: { Authorization: 'X-Matrix origin="other.test",key="ed25519:a",sig="x"' },
      body: form(JSON.stringify({ pdus: [{ content: SECRET }], edus: [] })),
    });
    const asked = [...every(), ...every(stage.alice.token), ...Object.values(FORMS).map(transaction)];
    await stage.attack(asked);
    const lines = (await stage.logs()).split('\n').filter((line) => /hunter2|nobody-else/.test(line));
    expect(lines).toEqual([]);
  });

  it.each(['half a character', 'a NUL', 'a number too large'])('get 400 for %s, not 500', async (name) => {
    const { answers } = await stage.attack(every(stage.alice.token));
    const forms = Object.keys(FORMS);
    const found = answers.filter((_, n) => forms[n % forms.length] === name);
    expect(found.filter(({ status }) => status >= 500)).toEqual([]);
    expect(Math.max(...found.map(({ seconds }) => seconds))).toBeLessThan(20);
  });

  it.each(['Two \\\\ud800 and \\\\u0000 in text', 'A pair \\ud83d\\ude00', 'Numbers in text: 1e999, \\"1e999\\"'])(
    'do not include a message with: %s',
    async (text) => {
      // A new user each time, because the requests before have used up the room creations of the others.
      const { token } = await stage.person();
      const { room_id } = await stage.matrix.ok('POST', '/_matrix/client/v3/createRoom', {}, token);
      const path = `/_matrix/client/v3/rooms/${room_id}/send/m.room.message/${Date.now()}`;
      expect(
        await stage.statuses([{ method: 'PUT', path, token, body: `{"msgtype":"m.text","body":"${text}"}` }]),
      ).toEqual([200]);
    },
  );

  it('get 400 for a NUL in the path', async () => {
    const paths = ['profile/%40a%00b', 'rooms/%00/state', 'directory/room/%23a%00:attacks.test', 'devices/%00'];
    const { token } = stage.alice;
    const asked = paths.map((path) => ({ method: 'GET', path: `/_matrix/client/v3/${path}`, token }));
    expect(new Set(await stage.statuses(asked))).toEqual(new Set([400]));
  });
}
