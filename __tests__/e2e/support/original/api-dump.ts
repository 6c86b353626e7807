import { sha256 } from '../conversation';
import type { Answer, Matrix } from '../matrix';
import { room } from '../platform-rooms';
import type { Filling, Resident } from './filling';

const CLIENT = '/_matrix/client/v3';

/** What a server answers about all that was put into it: the same before and after a move. */
export type ApiDump = { [question: string]: unknown };

/**
 * Asks as the people themselves, with the tokens that they had before.
 *
 * @param pages how many pages of 500 events of each room it reads.
 */
export async function apiDump(matrix: Matrix, filling: Filling, pages = Infinity): Promise<ApiDump> {
  const dump: ApiDump = {};
  for (const one of filling.residents) {
    Object.assign(dump, await aboutPerson(matrix, one));
  }
  for (const { id, reader } of filling.rooms) {
    Object.assign(dump, await aboutRoom(matrix, id, reader, pages));
  }
  const token = filling.residents[0].token;
  for (const file of filling.files) {
    const { status, body } = await matrix.request('GET', `/_matrix/client/v1/media/download/${file}`, undefined, token);
    dump[`file ${file}`] = status === 200 ? sha256(body) : status;
  }
  return dump;
}

async function aboutPerson(matrix: Matrix, { userId, token, loginAs }: Resident): Promise<ApiDump> {
  const ask = async (path: string, by = token) =>
    (await matrix.request('GET', `${CLIENT}/${path}`, undefined, by)).body;
  const filter = encodeURIComponent(JSON.stringify({ room: { timeline: { limit: 1 } }, presence: { types: [] } }));
  const sync = await ask(`sync?filter=${filter}`);
  const { devices } = await ask('devices');
  const keys = await matrix.ok('POST', `${CLIENT}/keys/query`, { device_keys: { [userId]: [] } }, token);
  return {
    [`${userId} whoami`]: await ask('account/whoami'),
    [`${userId} whoami by login-as`]: await ask('account/whoami', loginAs),
    [`${userId} profile`]: await ask(`profile/${userId}`),
    [`${userId} devices`]: devices.map((one: Answer['body']) => [one.device_id, one.display_name]),
    [`${userId} device keys`]: keys.device_keys,
    [`${userId} one-time keys`]: sync.device_one_time_keys_count,
    [`${userId} account data`]: sync.account_data,
    [`${userId} rooms`]: Object.entries(sync.rooms?.join ?? {})
      .map(([id, one]: [string, Answer['body']]) => [id, one.account_data, receipts(one), one.unread_notifications])
      .sort(),
  };
}

/** The read markers that others see. */
function receipts({ ephemeral }: Answer['body']): unknown[] {
  return ephemeral.events.filter(({ type }: { type: string }) => type === 'm.receipt');
}

async function aboutRoom(matrix: Matrix, id: string, { token }: Resident, pages: number): Promise<ApiDump> {
  const state = await matrix.ok('GET', room(id, 'state'), undefined, token);
  const events: unknown[] = [];
  let from: string | undefined = '';
  for (let left = pages; left > 0 && from !== undefined; left--) {
    const query: string = `messages?dir=b&limit=500${from && `&from=${from}`}`;
    const page: Answer['body'] = await matrix.ok('GET', room(id, query), undefined, token);
    events.push(...page.chunk.map(lasting));
    from = page.end;
  }
  return {
    [`${id} state`]: state
      .map(lasting)
      .sort((one: Answer['body'], other: Answer['body']) => (one.event_id < other.event_id ? -1 : 1)),
    [`${id} events`]: events,
    [`${id} members`]: await matrix.ok('GET', room(id, 'joined_members'), undefined, token),
  };
}

/** What an event says for ever; the rest depends on caches and on the time at which one asks. */
function lasting({ event_id, type, state_key, sender, origin_server_ts, content, redacts }: Answer['body']): unknown {
  return { event_id, type, state_key, sender, origin_server_ts, content, redacts };
}
