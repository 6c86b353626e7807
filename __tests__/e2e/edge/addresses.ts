import { atNight } from '../support/at-night';
import { eventually } from '../support/kubectl';
import type { RawAnswer } from './raw-answer';
import type { EdgeStage } from './stage';
import { type Listener, spoken } from './visitor';

/** Headers that forge a client address: a different address for each number. */
const FORGERIES: { [kind: string]: (n: number) => string[] } = {
  'one address': (n) => [`X-Forwarded-For: 203.0.113.${n}`],
  'several addresses': (n) => [`X-Forwarded-For: 203.0.113.${n}, 198.51.100.${n}, 10.0.0.${n}`],
  'several headers': (n) => [`X-Forwarded-For: 203.0.113.${n}`, `x-forwarded-for: 198.51.100.${n}`],
  IPv6: (n) => [`X-Forwarded-For: 2001:db8::${n}`, `X-Forwarded-For: [2001:db8::${n}]:443`],
  garbage: (n) => [`X-Forwarded-For: unknown-${n}`, 'X-Forwarded-For: ,,', `X-Forwarded-For: 203.0.113.${n};x`],
  'other headers': (n) => [
    `X-Real-IP: 203.0.113.${n}`,
    `Forwarded: for=203.0.113.${n}`,
    `True-Client-IP: 203.0.113.${n}`,
  ],
};
const KINDS = Object.keys(FORGERIES);

/** Bursts of the platform's settings: logins by one address, and wrong passwords for one account. */
const ATTEMPTS_OF_ADDRESS = 60;
const ATTEMPTS_OF_ACCOUNT = 5;

/**
 * Client addresses that Synapse accepts.
 *
 * @param listener where the requests go.
 * @param appended entry that a proxy appends; left out where a real proxy does so.
 */
export function addresses(
  stage: EdgeStage,
  name: string,
  listener: () => Listener,
  appended?: (address: string) => string,
): void {
  const request = (address: string, forged: string[], first: string, body?: object): string => {
    const [path, method] = [first.split(' ')[1], first.split(' ')[0]];
    const said = spoken(stage.host, { method, path, body });
    // After all others, as proxies that append do.
    const own = appended ? [`X-Forwarded-For: ${appended(address)}`] : [];
    return said.replace('\r\n', `\r\n${[...forged, ...own].map((line) => `${line}\r\n`).join('')}`);
  };
  const guess = (user: string, password: string) => ({
    type: 'm.login.password',
    identifier: { type: 'm.id.user', user },
    password,
  });
  const count = (answers: RawAnswer[]) => {
    const counts: { [status: number]: number } = {};
    for (const { status } of answers) {
      counts[status] = (counts[status] ?? 0) + 1;
    }
    return counts;
  };

  it.each(KINDS)('ignores a forged client address: %s', async (kind) => {
    const visitor = await stage.visitor(name);
    const { userId, token } = await stage.person();
    const asked = [1, 2, 3].map((n) => {
      const forged = [...FORGERIES[kind](n), `Authorization: Bearer ${token}`];
      return {
        listener: listener(),
        pieces: [{ bytes: request(visitor.address, forged, 'GET /_matrix/client/v3/account/whoami') }],
      };
    });
    expect((await visitor.ask(asked)).map(({ status }) => status)).toEqual([200, 200, 200]);
    const path = `/_synapse/admin/v1/whois/${userId}`;
    // Synapse shows none for a moment while it stores them.
    const ips = await eventually(
      'an address',
      20,
      async () =>
        JSON.stringify(await stage.matrix.ok('GET', path, undefined, stage.admin.token)).match(/"ip":"[^"]*"/g) ??
        undefined,
    );
    expect(new Set(ips)).toEqual(new Set([`"ip":"${visitor.address}"`]));
  });

  // CI tries it behind one controller.
  const limited = name === 'gateway' ? atNight.it : it;
  limited('limits concurrent password guesses for one account', async () => {
    const visitor = await stage.visitor(name);
    const { userId } = await stage.person();
    const versions = ['v3', 'r0', 'api/v1'];
    const asked = Array.from({ length: 30 }, (_, n) => {
      const first = `POST /_matrix/client/${versions[n % 3]}/login`;
      return {
        listener: listener(),
        pieces: [{ bytes: request(visitor.address, [], first, guess(userId, `guess ${n}`)) }],
      };
    });
    const counts = count(await visitor.ask(asked, 30));
    console.log(`edge: 30 guesses at once through ${name}: ${JSON.stringify(counts)}`);
    expect(counts[403]).toBeLessThanOrEqual(ATTEMPTS_OF_ACCOUNT + 5);
    expect((counts[403] ?? 0) + (counts[429] ?? 0)).toBe(30);
  });

  // Last, because this address cannot log in for a while afterwards.
  limited('limits logins by one address that forges others', async () => {
    const visitor = await stage.visitor(name);
    const begin = Date.now();
    const asked = Array.from({ length: 100 }, (_, n) => {
      const forged = FORGERIES[KINDS[n % KINDS.length]](n % 250);
      const body = guess(`nobody${n}`, 'guess');
      return {
        listener: listener(),
        pieces: [{ bytes: request(visitor.address, forged, 'POST /_matrix/client/v3/login', body) }],
      };
    });
    const answers = await visitor.ask(asked, 8);
    const seconds = (Date.now() - begin) / 1000;
    const counts = count(answers);
    console.log(
      `edge: ${asked.length} guesses from forged addresses through ${name} in ${seconds.toFixed(0)} s: ${JSON.stringify(counts)}`,
    );
    // One more is allowed each second, so that a slow run may have no refusal.
    expect(counts[403]).toBeLessThanOrEqual(ATTEMPTS_OF_ADDRESS + seconds + 2);
    expect(counts[429] ?? 0).toBeGreaterThanOrEqual(seconds < 35 ? 1 : 0);
    expect((counts[403] ?? 0) + (counts[429] ?? 0)).toBe(asked.length);
  });
}
