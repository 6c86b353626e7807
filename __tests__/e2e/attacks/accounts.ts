import { spread, wrongLogins } from '../support/login-names';
import type { Attack, AttackStage } from './stage';

const LOGIN = '/_matrix/client/v3/login';
const TRIES = 5;

/** Requests that would tell who has an account, and addresses that count as one. */
export function accounts(stage: AttackStage): void {
  // Before: 0.3 s for a known name, 0.05 s for an unknown one.
  it('gives the same answer to a login of each kind of name, after the same time', async () => {
    const logins = await wrongLogins(stage.matrix, 'attacks.test', TRIES);
    const kinds = [...logins.keys()];
    // In turn, so that the machine is as busy for each kind.
    const asked = Array.from({ length: TRIES }, (_, n) => kinds.map((kind) => logins.get(kind)?.[n])).flat();
    const { answers } = await stage.attack(
      asked.map((body, n) => ({ method: 'POST', path: LOGIN, address: `203.0.${n}.1`, body })),
      1,
    );
    expect(new Set(answers.map(({ status, body }) => `${status} ${body}`))).toEqual(
      new Set([`403 ${answers[0].body}`]),
    );
    const times = kinds.map((kind, place): [string, number[]] => {
      return [kind, answers.filter((_, n) => n % kinds.length === place).map(({ seconds }) => seconds)];
    });
    expect(spread('attacks: a login with a wrong password takes', new Map(times))).toBeLessThan(2);
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
