import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { EdgeStage } from './stage';

const SCRIPT = readFileSync(join(__dirname, 'cost.py'), 'utf8');
const COUNT = 200;

/** The quantile of the times. */
function quantile(times: number[], share: number): number {
  return [...times].sort((a, b) => a - b)[Math.ceil(times.length * share) - 1];
}

/** Latency of the proxy: the same requests from the same pod, through it and directly to Synapse. */
export function cost(stage: EdgeStage): void {
  const listeners = { proxy: ['matrix-synapse', 8008], synapse: ['matrix-synapse-main', 8008] };

  it('adds a few milliseconds to a sync and a message', async () => {
    const { token, userId } = await stage.person();
    await stage.matrix.liftLimits(userId, stage.admin);
    const { room_id } = await stage.matrix.ok('POST', '/_matrix/client/v3/createRoom', {}, token);
    const { next_batch } = await stage.matrix.ok('GET', '/_matrix/client/v3/sync?timeout=0', undefined, token);
    const visitor = await stage.visitor('anybody');
    const questions = {
      '/sync': ['GET', `/_matrix/client/v3/sync?timeout=0&since=${next_batch}`, null],
      '/send': [
        'PUT',
        `/_matrix/client/v3/rooms/${encodeURIComponent(room_id)}/send/m.room.message/{n}`,
        JSON.stringify({ msgtype: 'm.text', body: 'Good morning' }),
      ],
    };
    for (const [name, [method, path, body]] of Object.entries(questions)) {
      const given = { listeners, token, count: COUNT, method, path, body };
      const took = JSON.parse(await visitor.python(SCRIPT, JSON.stringify(given)));
      const [median, p95] = [0.5, 0.95].map((share) => [quantile(took.proxy, share), quantile(took.synapse, share)]);
      const [added, added95] = [median, p95].map(([proxy, synapse]) => (proxy - synapse).toFixed(2));
      const ms = ([proxy, synapse]: number[]) =>
        `${proxy.toFixed(2)} ms through the proxy, ${synapse.toFixed(2)} ms past it`;
      console.log(`edge: ${name} ${COUNT} times: median ${ms(median)} (+${added}); p95 ${ms(p95)} (+${added95})`);
      expect(median[0] - median[1]).toBeLessThan(10);
    }
  });
}
