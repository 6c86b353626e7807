import { atNight } from '../support/at-night';
import { eventually } from '../support/kubectl';
import type { Stage } from './stage';

/** Burst of the platform's settings for one address, which may try once more each second. */
const ATTEMPTS_OF_ADDRESS = 60;

/** Each test has its own client address, as the proxy before the system reports it. */
export function bruteForce(stage: Stage): void {
  const attempt = async (address: string, user: string, password: string) => {
    const answer = await fetch(`${stage.edge}/_matrix/client/r0/login`, {
      method: 'POST',
      headers: {
        'Content-Type': 'application/json',
        'X-Forwarded-Proto': 'https',
        // The first entry is forged by the client.
        'X-Forwarded-For': `203.0.113.${Math.floor(Math.random() * 250)}, ${address}`,
      },
      body: JSON.stringify({ type: 'm.login.password', user, password }),
    });
    const { retry_after_ms = 0 } = (await answer.json()) as { retry_after_ms?: number };
    return { status: answer.status, wait: retry_after_ms };
  };

  /** The number of the first attempt that is rate-limited; all before it must be refused for the password. */
  const limitedAt = async (most: number, next: (count: number) => Promise<{ status: number }>) => {
    for (let count = 1; count <= most; count += 1) {
      const { status } = await next(count);
      if (status === 429) {
        return count;
      }
      expect(status).toBe(403);
    }
    throw new Error(`still not rate-limited after ${most} attempts`);
  };

  it('for one account is rate-limited after a few attempts from any address', async () => {
    const victim = await stage.agencies.provision(stage.name('agency'));
    const neighbour = await stage.agencies.provision(stage.name('agency'));
    const at = await limitedAt(30, (count) => attempt(`203.0.113.${count}`, victim.username, `guess-${count}`));
    console.info(`guessing one account's password is stopped at try ${at}`);
    expect(at).toBeGreaterThan(5);
    expect(at).toBeLessThanOrEqual(12);

    await eventually('a wait of seconds', 30, async () => {
      return (await attempt('203.0.113.100', victim.username, 'guess')).wait > 2000;
    });
    expect((await attempt('203.0.113.101', victim.username, victim.password)).status).toBe(429);
    expect((await attempt('203.0.113.101', neighbour.username, neighbour.password)).status).toBe(200);
  }, 60_000);

  // The suite `edge` tries it too.
  atNight.it(
    'for many accounts is rate-limited by address, and other addresses can log in',
    async () => {
      const bystander = await stage.agencies.provision(stage.name('agency'));
      const begin = Date.now();
      const at = await limitedAt(400, (count) => attempt('198.51.100.1', `person-${count}`, 'summer2024'));
      const stopped = Date.now();
      const seconds = (stopped - begin) / 1000;
      console.info(`spraying one password from one address is stopped at try ${at}, after ${seconds.toFixed(0)} s`);
      expect(at).toBeGreaterThan(40);
      expect(at).toBeLessThanOrEqual(ATTEMPTS_OF_ADDRESS + seconds + 2);

      const more = await Promise.all(Array.from({ length: 10 }, (_, i) => attempt('198.51.100.1', `more-${i}`, 'x')));
      const looked = more.filter(({ status }) => status !== 429).length;
      expect(looked).toBeLessThanOrEqual((Date.now() - stopped) / 1000 + 2);
      expect((await attempt('198.51.100.2', bystander.username, bystander.password)).status).toBe(200);
    },
    240_000,
  );
}
