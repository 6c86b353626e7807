import { eventually } from '../support/kubectl';
import { room } from '../support/platform-rooms';
import type { Person, Stage } from './stage';

const CLIENT = '/_matrix/client/r0';

export function frontend(stage: Stage): void {
  let consultant: Person;
  let client: Person;
  let id: string;
  beforeAll(async () => {
    ({ consultant, client, id } = await stage.session());
  });

  const get = (path: string, who = client) => stage.matrix.ok('GET', path, undefined, who.token);

  it('reads the versions without a token, with old paths and delayed events among them', async () => {
    const { versions, unstable_features } = await stage.matrix.ok('GET', '/_matrix/client/versions');
    expect(versions).toEqual(expect.arrayContaining(['r0.6.1', 'v1.1', 'v1.11']));
    expect(unstable_features).toMatchObject({ 'org.matrix.msc4140': true });
  });

  it('reads the capabilities, in which room version 11 is the default', async () => {
    const { capabilities } = await get(`${CLIENT}/capabilities`);
    expect(capabilities['m.room_versions'].default).toBe('11');
  });

  it('reads the push rules', async () => {
    const { global } = await get(`${CLIENT}/pushrules/`);
    expect(global.override.map((rule: { rule_id: string }) => rule.rule_id)).toContain('.m.rule.master');
  });

  it('stores a filter and syncs with it', async () => {
    const filter = { room: { timeline: { limit: 1 }, rooms: [id] }, presence: { types: [] } };
    const { filter_id } = await stage.matrix.ok('POST', `${CLIENT}/user/${client.userId}/filter`, filter, client.token);
    expect(await get(`${CLIENT}/user/${client.userId}/filter/${filter_id}`)).toEqual(filter);
    await stage.users.sendMessage(id, 'one', client.token);
    await stage.users.sendMessage(id, 'two', client.token);
    const sync = await get(`${CLIENT}/sync?filter=${filter_id}&timeout=30000`);
    expect(sync.rooms.join[id].timeline).toMatchObject({ limited: true, events: [{ content: { body: 'two' } }] });
    expect(sync.presence).toBeUndefined();
  });

  it('requests TURN servers, of which there are none', async () => {
    expect(await get(`${CLIENT}/voip/turnServer`)).toEqual({});
  });

  it('sees when another user starts and stops typing', async () => {
    const path = room(id, `typing/${client.userId}`);
    // With since, because Synapse caches the answer of a first sync for two minutes.
    let since = (await get(`${CLIENT}/sync?timeout=0`, consultant)).next_batch;
    const typing = async (): Promise<string[] | undefined> => {
      const sync = await get(`${CLIENT}/sync?timeout=1000&since=${since}`, consultant);
      since = sync.next_batch;
      const events: { type: string; content: { user_ids: string[] } }[] =
        sync.rooms?.join?.[id]?.ephemeral.events ?? [];
      return events.find((event) => event.type === 'm.typing')?.content.user_ids;
    };
    await stage.matrix.ok('PUT', path, { typing: true, timeout: 20_000 }, client.token);
    await eventually('typing', 10, async () => (await typing())?.includes(client.userId));
    await stage.matrix.ok('PUT', path, { typing: false }, client.token);
    await eventually('no typing', 10, async () => (await typing())?.length === 0);
  });

  it.each([
    ['of the browser, which the admin took out', async () => (await stage.person('client')).token],
    ['of an agency, with a device', async () => agencyToken()],
  ])('logs out with a token %s, which is not valid afterwards', async (_whose, make) => {
    const token = await make();
    await stage.matrix.ok('POST', `${CLIENT}/logout`, {}, token);
    expect(await stage.refusal('GET', `${CLIENT}/account/whoami`, undefined, token)).toBe('401 M_UNKNOWN_TOKEN');
  });

  describe('from another origin', () => {
    it.each([
      ['GET', '/_matrix/client/versions'],
      ['POST', `${CLIENT}/login`],
      ['GET', `${CLIENT}/sync`],
      ['POST', '/_matrix/media/r0/upload'],
      ['GET', '/_matrix/media/r0/download/caritas.local/nothing'],
      ['PUT', '/_matrix/client/v3/rooms/x/state/org.matrix.msc3401.call.member/x'],
      ['POST', '/_matrix/client/unstable/org.matrix.msc4140/delayed_events/x'],
    ])('may call %s %s, and reads the answer', async (method, path) => {
      const origin = { Origin: 'https://app.example.org' };
      const preflight = await fetch(`${stage.url}${path}`, {
        method: 'OPTIONS',
        headers: { ...origin, 'Access-Control-Request-Method': method },
      });
      expect(preflight.status).toBe(204);
      const answer = await fetch(`${stage.url}${path}`, { method, headers: origin });
      for (const headers of [preflight.headers, answer.headers]) {
        expect(headers.get('access-control-allow-origin')).toBe('*');
        expect(headers.get('access-control-allow-methods')).toContain(method);
        expect(headers.get('access-control-allow-headers')).toContain('Authorization');
        expect(headers.get('access-control-allow-credentials')).toBeNull();
      }
    });
  });

  async function agencyToken(): Promise<string> {
    return stage.agencies.agencyToken(await stage.agencies.provision(stage.name('agency')));
  }
}
