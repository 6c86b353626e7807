import { overhear, overheard } from '../support/overheard';
import { SPOKEN } from '../support/spoken';
import type { Stage } from './stage';

/** Lines of a container's log. */
export interface Log {
  readonly container: string;
  readonly text: string;
}

/** What the containers have written by now. Comes after everything else. */
export function logs(stage: Stage): void {
  let all: Log[];

  beforeAll(async () => {
    const address = 'a.person@example.org';
    const identifier = { type: 'm.id.thirdparty', medium: 'email', address };
    const client = '/_matrix/client/v3';
    const mail = { email: address, client_secret: 'secret', send_attempt: 1 };
    await stage.matrix.request('POST', `${client}/login`, {
      type: 'm.login.password',
      identifier,
      password: 'Tr0ub4dor',
    });
    await stage.matrix.request('POST', `${client}/account/password/email/requestToken`, mail);
    const { token } = await stage.person('searching');
    const term = 'grandmother';
    const search = { search_categories: { room_events: { search_term: term } } };
    await stage.matrix.request('POST', `${client}/search`, search, token);
    const path = `/_synapse/admin/v1/threepid/email/users/${encodeURIComponent(address)}`;
    overhear(undefined, { body: term, address: encodeURIComponent(address) });
    await stage.matrix.request('GET', path, undefined, token);
    // Clients of the platform know where the server is, so nothing asked yet.
    await fetch(`${await stage.system.url('service/matrix-discovery', 80)}/.well-known/matrix/client`);
    all = await logsOf(stage);
  });

  it('show no token, password, message or e-mail address', () => {
    const secrets = overheard();
    expect(shownIn(all)).toEqual([]);
    // There was something to find, and somewhere to look.
    expect(secrets).toEqual(
      expect.arrayContaining(['a.person@example.org', 'grandmother', 'How can I help?', 'Tr0ub4dor']),
    );
    expect(secrets.filter((secret) => secret.startsWith('syt_')).length).toBeGreaterThan(20);
    expect(all.reduce((lines, { text }) => lines + text.split('\n').length, 0)).toBeGreaterThan(1000);
  });

  it.each([
    ['synapse', SPOKEN],
    ['haproxy', /^(\[(NOTICE|WARNING|ALERT)\]|waiting for)/],
    ['discovery', /^$/],
  ])('have a JSON object on each line, except what programs say at their start: %s', (name, text) => {
    const mine = all.filter(({ container }) => container.endsWith(`/${name}`));
    const lines = mine.flatMap((log) => log.text.split('\n')).filter((line) => line && !text.test(line));
    expect(lines.length).toBeGreaterThan(0);
    expect(lines.filter((line) => !line.startsWith('{'))).toEqual([]);
  });
}

/** What clients of this test file keep for themselves and a log shows, each with its container. */
export function shownIn(all: Log[]): string[] {
  const secrets = overheard();
  return all.flatMap(({ container, text }) =>
    secrets.filter((secret) => text.includes(secret)).map((secret) => `${container}: ${secret}`),
  );
}

/** The logs of all containers of a system, also of those that were started again. */
export async function logsOf({ system }: Pick<Stage, 'system'>): Promise<Log[]> {
  const { items } = JSON.parse(await system.kubectl(['get', 'pods', '-o', 'json']));
  const containers: string[][] = items.flatMap(({ metadata: { name: pod }, status }: Pod) =>
    [...(status.initContainerStatuses ?? []), ...(status.containerStatuses ?? [])].flatMap(({ name, restartCount }) => [
      [pod, '-c', name],
      ...(restartCount > 0 ? [[pod, '-c', name, '--previous']] : []),
    ]),
  );
  return Promise.all(
    containers.map(async (which) => ({
      container: `${which[0]}/${which[2]}`,
      text: await system.kubectl(['logs', ...which]),
    })),
  );
}

interface Pod {
  readonly metadata: { readonly name: string };
  readonly status: {
    readonly initContainerStatuses?: ContainerStatus[];
    readonly containerStatuses?: ContainerStatus[];
  };
}

interface ContainerStatus {
  readonly name: string;
  readonly restartCount: number;
}
