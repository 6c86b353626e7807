import type { RawAnswer } from './raw-answer';
import type { EdgeStage } from './stage';
import { type Listener, spoken } from './visitor';

const SYNC = '/_matrix/client/v3/sync';

/** Slow requests that must succeed. They begin before the tests beside them, and are checked here. */
export function patience(stage: EdgeStage, name: string, listener: () => Listener): void {
  let answers: Promise<RawAnswer[]>;

  beforeAll(async () => {
    const visitor = await stage.visitor(name);
    const { token } = await stage.person();
    const { next_batch } = await stage.matrix.ok('GET', `${SYNC}?timeout=0`, undefined, token);
    // The first sync afterwards may still have the account's own events.
    const next = await stage.matrix.ok('GET', `${SYNC}?timeout=1000&since=${next_batch}`, undefined, token);
    const path = `${SYNC}?timeout=30000&since=${next.next_batch}&set_presence=offline`;
    const headers = { 'Content-Type': 'application/octet-stream', 'Content-Length': '30' };
    const upload = spoken(stage.host, { method: 'POST', path: '/_matrix/media/v3/upload', token, headers });
    const slowly = [0, 5, 17].map((wait) => ({ wait, bytes: 'x'.repeat(10) }));
    answers = visitor.ask([
      { listener: listener(), pieces: [{ bytes: spoken(stage.host, { path, token }) }], patience: 60 },
      { listener: listener(), pieces: [{ bytes: upload }, ...slowly] },
    ]);
    answers.catch(() => undefined);
  });

  it('lets a sync wait for 30 seconds', async () => {
    const [synced] = await answers;
    expect([synced.status, synced.json]).toEqual([200, expect.objectContaining({ next_batch: expect.any(String) })]);
    expect(synced.heard.seconds).toBeGreaterThan(29);
    expect(synced.heard.seconds).toBeLessThan(45);
  });

  it('accepts a slow upload', async () => {
    const [, uploaded] = await answers;
    expect([uploaded.status, uploaded.json]).toEqual([200, { content_uri: expect.stringContaining('mxc://') }]);
    expect(uploaded.heard.seconds).toBeGreaterThan(22);
  });
}

/** Slow requests that must end, because they only hold connections. */
export function impatience(stage: EdgeStage, name: string): void {
  it('closes an incomplete request after 15 seconds at every listener', async () => {
    const visitor = await stage.visitor(name);
    const [head] = spoken(stage.host, { path: '/_matrix/client/versions' }).split('\r\n\r\n');
    const drops = Array.from({ length: 12 }, (_, n) => ({ wait: 3, bytes: `\r\nX-${n}: x` }));
    const ways = [[{ bytes: head }, ...drops], [{ bytes: 'GET' }], []];
    const asked = Object.values(stage.listeners).flatMap((listener) =>
      ways.map((pieces) => ({ listener, pieces, patience: 60 })),
    );
    const answers = await visitor.ask(asked, asked.length);
    expect(answers.length).toBe(12);
    for (const { status, heard } of answers) {
      expect([408, 0]).toContain(status);
      expect(heard.ending).toBe('closed');
      expect(heard.seconds).toBeGreaterThan(13);
      expect(heard.seconds).toBeLessThan(20);
    }
  });
}
