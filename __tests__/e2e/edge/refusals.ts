import { type HostileRequest, hostileRequests } from './hostile-requests';
import type { RawAnswer } from './raw-answer';
import type { EdgeStage } from './stage';
import type { Listener } from './visitor';

/** Text that only the admin API, metrics, replication or a smuggled request would answer. */
const SECRETS =
  /nonce|server_version|"users"|"devices"|"access_token"|# HELP|# TYPE|M_MISSING_TOKEN|Switching Protocols|root:/;

/** What is wrong with the answer; undefined when the request is refused as it should be. */
function trouble({ name, harmless }: HostileRequest, answer: RawAnswer): string | undefined {
  const { statuses, heard } = answer;
  const refused = heard.ending === 'closed' || statuses.length > 0;
  const right = refused && statuses.every((status) => status >= 400 && status !== 401);
  const asAlways = harmless && /"versions":\[|^HTTP\/1.1 301/.test(heard.text) && statuses.length === 1;
  return (right || asAlways) && !SECRETS.test(heard.text) ? undefined : `${name}: ${answer}`;
}

async function troubles(stage: EdgeStage, listener: Listener, requests: HostileRequest[]): Promise<string[]> {
  const visitor = await stage.visitor('intruder');
  const asked = requests.map(({ bytes }) => ({ listener, pieces: [{ bytes }] }));
  const answers = await visitor.ask(asked, 32);
  return answers.map((answer, n) => trouble(requests[n], answer)).filter((found) => found !== undefined);
}

const every = (stage: EdgeStage) =>
  hostileRequests({ host: stage.host, token: stage.admin.token, userId: stage.admin.userId });

/** Hostile requests through the controller. */
export function refusalsOutside(stage: EdgeStage): void {
  it('refuses hostile requests', async () => {
    expect(every(stage).length).toBeGreaterThan(150);
    expect(await troubles(stage, stage.outside(), every(stage))).toEqual([]);
  });

  it('refuses hostile requests at its other hosts', async () => {
    for (const host of [stage.serverName, stage.mediaHost]) {
      const there = every(stage).map(({ bytes, ...rest }) => ({ ...rest, bytes: bytes.replace(stage.host, host) }));
      expect(await troubles(stage, stage.outside(host), there)).toEqual([]);
    }
  });
}

/** Hostile requests at the proxy's own listeners, to which a controller may forward anything. */
export function refusalsInside(stage: EdgeStage): void {
  it.each(['edge', 'client', 'federation'] as const)('refuses hostile requests at listener `%s`', async (name) => {
    expect(await troubles(stage, stage.listeners[name], every(stage))).toEqual([]);
  });

  it('would notice an open listener: the admin listener has answers', async () => {
    const found = await troubles(stage, stage.listeners.admin, every(stage));
    const whois = `/_matrix/client/v3/admin/whois/${stage.admin.userId}`;
    const open = [
      '/_synapse/admin/v1/register',
      '/_synapse/admin/v1/server_version',
      '/_synapse/admin/v2/users',
      whois,
    ];
    expect(found.map((one) => one.split(': ')[0])).toEqual(expect.arrayContaining(open.map((path) => `GET ${path}`)));
    expect(found.join()).toMatch(/"nonce":"[0-9a-f]+"/);
  });

  it('refuses metrics, replication and health to administrators', async () => {
    for (const path of [
      '/metrics',
      '/_synapse/metrics',
      '/_synapse/replication/x',
      '/_synapse/mas/query_user',
      '/health',
    ]) {
      const answer = await stage.ask({ path, token: stage.admin.token }, stage.host, stage.listeners.admin);
      expect([path, answer.status]).toEqual([path, 404]);
    }
  });
}
