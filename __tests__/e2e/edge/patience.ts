import type { EdgeStage } from './stage';
import type { Door, RawRequest, Visitor } from './visitor';
import { spoken } from './visitor';

const SYNC = '/_matrix/client/v3/sync';

/** How long the edge waits for those who take their time. */
export function patience(stage: EdgeStage, name: string, door: () => Door): void {
  let visitor: Visitor;
  beforeAll(async () => {
    visitor = await stage.visitor(name);
  });

  it('a sync waits for 30 seconds, and a file may come slowly', async () => {
    const { token } = await stage.person();
    const { next_batch } = await stage.matrix.ok('GET', `${SYNC}?timeout=0`, undefined, token);
    // The first one after may still say what the account itself did.
    const next = await stage.matrix.ok('GET', `${SYNC}?timeout=1000&since=${next_batch}`, undefined, token);
    const sync = spoken(stage.host, {
      path: `${SYNC}?timeout=30000&since=${next.next_batch}&set_presence=offline`,
      token,
    });
    const headers = { 'Content-Type': 'application/octet-stream', 'Content-Length': '30' };
    const upload = spoken(stage.host, { method: 'POST', path: '/_matrix/media/v3/upload', token, headers });
    const slowly = [0, 5, 17].map((wait) => ({ wait, bytes: 'x'.repeat(10) }));
    const asked: RawRequest[] = [
      { door: door(), pieces: [{ bytes: sync }], patience: 60 },
      { door: door(), pieces: [{ bytes: upload }, ...slowly] },
    ];
    const [synced, uploaded] = await visitor.ask(asked);
    expect([synced.status, synced.json]).toEqual([200, expect.objectContaining({ next_batch: expect.any(String) })]);
    expect(synced.heard.seconds).toBeGreaterThan(29);
    expect(synced.heard.seconds).toBeLessThan(45);
    expect([uploaded.status, uploaded.json]).toEqual([200, { content_uri: expect.stringContaining('mxc://') }]);
    expect(uploaded.heard.seconds).toBeGreaterThan(22);
  });
}

/** How long the proxy waits for those who only want to be waited for. */
export function impatience(stage: EdgeStage, name: string): void {
  it.each(['edge', 'client', 'federation', 'admin'] as const)(
    'the door `%s` waits 15 seconds for a question',
    async (door) => {
      const visitor = await stage.visitor(name);
      const [head] = spoken(stage.host, { path: '/_matrix/client/versions' }).split('\r\n\r\n');
      const drops = Array.from({ length: 12 }, (_, n) => ({ wait: 3, bytes: `\r\nX-${n}: x` }));
      const asked: RawRequest[] = [
        { door: stage.doors[door], pieces: [{ bytes: head }, ...drops], patience: 60 },
        { door: stage.doors[door], pieces: [{ bytes: 'GET' }], patience: 60 },
        { door: stage.doors[door], pieces: [], patience: 60 },
      ];
      for (const answer of await visitor.ask(asked)) {
        expect(answer.heard.ending).toBe('closed');
        expect(answer.heard.seconds).toBeGreaterThan(13);
        expect(answer.heard.seconds).toBeLessThan(20);
        expect([408, 0]).toContain(answer.status);
      }
    },
  );
}
