import { atNight } from '../support/at-night';
import { eventually } from '../support/kubectl';
import { sleep } from '../support/witness';
import type { RawAnswer } from './raw-answer';
import type { EdgeStage } from './stage';
import { type RawRequest, spoken } from './visitor';

const VERSIONS = '/_matrix/client/versions';
/** Requests per second, and the length of each series of requests. */
const A_SECOND = 20;
const SECONDS = 10;

/** Seconds since a moment, for messages. */
const since = (begin: number) => ((Date.now() - begin) / 1000).toFixed(1);

/** Answers during rollouts and outages. */
export function outages(stage: EdgeStage): void {
  atNight.it(
    'loses no request during a rollout of the proxy',
    async () => {
      const { token, userId } = await stage.person();
      await stage.matrix.liftLimits(userId, stage.admin);
      const { room_id } = await stage.matrix.ok('POST', '/_matrix/client/v3/createRoom', {}, token);
      const send = `/_matrix/client/v3/rooms/${encodeURIComponent(room_id)}/send/m.room.message`;
      const message = { msgtype: 'm.text', body: 'Good morning' };
      const visitor = await stage.visitor('anybody');
      const outside = stage.outside();
      // Every fourth request writes. The first is sent after 2 s, when all connections can be prepared.
      const requests = (from: number) =>
        Array.from({ length: A_SECOND * SECONDS }, (_, n): RawRequest => {
          const write = { method: 'PUT', path: `${send}/${from + n}`, token, body: message };
          const bytes = spoken(stage.host, n % 4 === 0 ? write : { path: VERSIONS });
          return { listener: outside, pieces: [{ bytes }], after: 2 + n / A_SECOND };
        });
      let exchanged = false;
      /** Sends requests until the rollout is over; each series begins when the one before it ends. */
      const ask = async (from = 0): Promise<RawAnswer[]> => {
        const next = () => (exchanged ? [] : ask(from + A_SECOND * SECONDS));
        const parts = [visitor.ask(requests(from), 64), sleep(SECONDS).then(next)];
        return (await Promise.all(parts)).flat();
      };
      const pods = async () =>
        (await stage.system.kubectl(['get', 'pods', '-l', 'app=matrix-edge', '-o', 'name'])).split('\n');
      const before = await pods();
      const exchange = async () => {
        // Until the first requests are sent.
        await sleep(3);
        const begin = Date.now();
        try {
          await stage.system.kubectl(['rollout', 'restart', 'deployment/matrix-edge']);
          await stage.system.kubectl(['rollout', 'status', 'deployment/matrix-edge', '--timeout=100s']);
          const seconds = since(begin);
          // The last old pod still serves during its pre-stop delay.
          await sleep(SECONDS);
          return seconds;
        } finally {
          exchanged = true;
        }
      };
      const [answers, seconds] = await Promise.all([ask(), exchange()]);
      console.log(`edge: ${answers.length} requests during a rollout of ${seconds} s`);
      expect(answers.length / A_SECOND).toBeGreaterThan(Number(seconds));
      const lost = answers.filter(({ status }) => status !== 200);
      expect(lost.map(String)).toEqual([]);
      const gone = before.filter((name) => name);
      expect((await pods()).filter((name) => gone.includes(name))).not.toEqual(gone);
    },
    240_000,
  );

  atNight.it(
    'answers 503 while Synapse is down, and recovers by itself',
    async () => {
      const ask = () => stage.ask({ path: VERSIONS, headers: { Origin: 'https://app.example' } });
      const error = (answer: RawAnswer) => [
        answer.status,
        answer.json.errcode,
        answer.header('Access-Control-Allow-Origin'),
      ];
      await stage.system.kubectl(['scale', 'deployment/matrix-synapse', '--replicas=0']);
      const begin = Date.now();
      await eventually('the end of Synapse', 150, async () => {
        const answer = await ask();
        return answer.status === 503 && answer.heard.seconds < 1;
      });
      console.log(`edge: answers 503 at once ${since(begin)} s after Synapse was scaled down`);
      const answers = await Promise.all([ask(), ask(), ask()]);
      expect(answers.map(error)).toEqual(Array(3).fill([503, 'M_UNKNOWN', '*']));
      expect(answers[0].header('Retry-After')).toBe('5');
      const discovery = await stage.ask({ path: '/.well-known/matrix/client' }, stage.serverName);
      expect(discovery.status).toBe(200);
      // Longer than all failures of a probe.
      await sleep(20);
      const readyReplicas = ['get', 'deployment/matrix-edge', '-o', 'jsonpath={.status.readyReplicas}'];
      expect(await stage.system.kubectl(readyReplicas)).toBe('2');
      await stage.system.kubectl(['scale', 'deployment/matrix-synapse', '--replicas=1']);
      await stage.system.kubectl(['rollout', 'status', 'deployment/matrix-synapse', '--timeout=200s']);
      const back = Date.now();
      await eventually('Synapse again', 30, async () => (await ask()).status === 200);
      console.log(`edge: recovered ${since(back)} s after Synapse was ready`);
    },
    300_000,
  );
}
