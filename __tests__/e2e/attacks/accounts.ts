import type { Attack, AttackStage } from './stage';

const LOGIN = '/_matrix/client/v3/login';
const TRIES = 10;

/** Requests that would tell who has an account, and addresses that count as one. */
export function accounts(stage: AttackStage): void {
  const login = (user: string, address: string): Attack => ({
    method: 'POST',
    path: LOGIN,
    address,
    body: { type: 'm.login.password', identifier: { type: 'm.id.user', user }, password: 'wrong' },
  });
  const median = (times: number[]) => [...times].sort((a, b) => a - b)[Math.floor(times.length / 2)];

  // Before: 0.3 s for a known name, 0.05 s for an unknown one.
  it('gives the same answer to a login of a known and of an unknown name, after the same time', async () => {
    const known = await Promise.all(Array.from({ length: TRIES }, () => stage.person()));
    const names = known.flatMap(({ userId }, n) => [userId, `@stranger${n}:attacks.test`]);
    const { answers } = await stage.attack(
      names.map((name, n) => login(name, `203.0.${n}.1`)),
      1,
    );
    expect(new Set(answers.map(({ status, body }) => `${status} ${body}`))).toEqual(
      new Set([`403 ${answers[0].body}`]),
    );
    const times = (rest: number) => answers.filter((_, n) => n % 2 === rest).map(({ seconds }) => seconds);
    const [of, without] = [median(times(0)), median(times(1))];
    console.log(
      `attacks: a login takes ${of.toFixed(3)} s for a known name, ${without.toFixed(3)} s for an unknown one`,
    );
    expect(Math.max(of, without) / Math.min(of, without)).toBeLessThan(2);
  });

  it('gives the same answer about a profile, a registration and a new password', async () => {
    const names = [(await stage.person()).userId, '@stranger:attacks.test'];
    const asked = (userId: string): Attack[] => {
      const name = userId.slice(1).split(':')[0];
      return [
        { method: 'GET', path: `/_matrix/client/v3/profile/${userId}` },
        { method: 'GET', path: `/_matrix/client/v3/profile/${userId}`, token: stage.alice.token },
        { method: 'GET', path: `/_matrix/client/v3/register/available?username=${name}` },
        {
          method: 'POST',
          path: '/_matrix/client/v3/register',
          body: { username: name, auth: { type: 'm.login.dummy' } },
        },
        {
          method: 'POST',
          path: '/_matrix/client/v3/account/password/email/requestToken',
          body: { client_secret: 'x', email: `${name}@attacks.test`, send_attempt: 1 },
        },
      ];
    };
    const [known, unknown] = await Promise.all(
      names.map(async (name) => (await stage.attack(asked(name))).answers.map(({ status, body }) => [status, body])),
    );
    expect(known).toEqual(unknown);
  });

  it('counts an IPv6 /64 as one client, in Synapse too', async () => {
    const { userId, token } = await stage.person();
    const from = (address: string): Attack => {
      return { method: 'GET', path: '/_matrix/client/v3/account/whoami', token, address };
    };
    await stage.attack([from('2001:db8:1:2::1'), from('2001:db8:1:2:3:4:5:6'), from('192.0.2.9')], 1);
    const admin = await stage.matrix.register(`admin${Date.now()}`, true);
    const whois = await stage.matrix.ok('GET', `/_synapse/admin/v1/whois/${userId}`, undefined, admin.token);
    const addresses = [...JSON.stringify(whois).matchAll(/"ip":"([^"]*)"/g)].map(([, address]) => address);
    expect(new Set(addresses.filter((address) => address.includes(':')))).toEqual(new Set(['2001:db8:1:2::']));
    expect(addresses).toContain('192.0.2.9');
  });
}
