import type { Matrix } from './matrix';

/** A login with a wrong password. */
export interface WrongLogin {
  readonly type: string;
  readonly identifier: { readonly [key: string]: string };
  readonly password: string;
}

/** Logins with wrong passwords, for each kind of name so many: they must all be refused alike. */
export async function wrongLogins(matrix: Matrix, server: string, count: number): Promise<Map<string, WrongLogin[]>> {
  const run = Date.now();
  const { token } = await matrix.register(`keeper${run}`, true);
  const id = (name: string) => `@${name}:${server}`;
  const address = (name: string) => ({ medium: 'email', address: `${name}@example.org` });
  const put = async (name: string, fields: object) => {
    const { status, body } = await matrix.request('PUT', `/_synapse/admin/v2/users/${id(name)}`, fields, token);
    if (status !== 201) throw new Error(`user ${name} is not made: ${status} ${JSON.stringify(body)}`);
  };
  const user = (name: string) => ({ type: 'm.id.user', user: name });
  const kinds: [string, (name: string) => Promise<WrongLogin['identifier']>][] = [
    ['a known name', async (name) => user((await matrix.register(name)).userId)],
    ['a known name in capitals', async (name) => user((await matrix.register(name)).userId.toUpperCase())],
    ['an unknown name', async (name) => user(id(name))],
    ['an unknown name of one word', async (name) => user(name)],
    ['a name of another server', async (name) => user(`@${name}:elsewhere.example.org`)],
    ['a name that is too long', async (name) => user(id(name.repeat(40)))],
    ['an odd name', async (name) => user(`@${name}%_'"\\ :${server}`)],
    ['an account without a password', async (name) => put(name, {}).then(() => user(id(name)))],
    [
      'a deactivated account',
      async (name) => {
        await matrix.register(name);
        await matrix.ok('POST', `/_synapse/admin/v1/deactivate/${id(name)}`, {}, token);
        return user(id(name));
      },
    ],
    [
      'a known address',
      async (name) => {
        await put(name, { password: `${run}`, threepids: [address(name)] });
        return { type: 'm.id.thirdparty', ...address(name) };
      },
    ],
    [
      'the address of an account without a password',
      async (name) => {
        await put(name, { threepids: [address(name)] });
        return { type: 'm.id.thirdparty', ...address(name) };
      },
    ],
    ['an unknown address', async (name) => ({ type: 'm.id.thirdparty', ...address(name) })],
  ];
  const made = new Map<string, WrongLogin[]>();
  for (const [place, [kind, identifier]] of kinds.entries()) {
    const all: WrongLogin[] = [];
    for (let n = 0; n < count; n++) {
      const of = await identifier(`kind${place}of${run}no${n}`);
      all.push({ type: 'm.login.password', identifier: of, password: 'wrong' });
    }
    made.set(kind, all);
  }
  return made;
}

/** Prints the median time of each kind. The result is the longest divided by the shortest. */
export function spread(title: string, seconds: Map<string, number[]>): number {
  const median = (times: number[]) => [...times].sort((a, b) => a - b)[Math.floor(times.length / 2)];
  const medians = [...seconds].map(([kind, times]) => ({ kind, time: median(times) }));
  console.log([title, ...medians.map(({ kind, time }) => `  ${time.toFixed(3)} s for ${kind}`)].join('\n'));
  const times = medians.map(({ time }) => time);
  return Math.max(...times) / Math.min(...times);
}
