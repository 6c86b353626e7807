import { kubectl } from '../support/kubectl';
import type { EdgeStage } from './stage';
import { spoken } from './visitor';

/** A path that the proxy counts and that costs little to answer. */
const PATH = '/.well-known/matrix/nothing';

/** Limits of the requests of an address, as a controller reports it. */
export function limits(stage: EdgeStage): void {
  const from = (reported: string, path = PATH, method = 'GET') =>
    spoken(stage.host, { method, path, headers: { 'X-Forwarded-For': reported, Connection: 'keep-alive' } });
  /** Sends requests on one connection, as a controller does, as fast as possible. */
  const flood = async (...pieces: { bytes: string; times?: number }[]) => {
    const visitor = await stage.visitor('intruder');
    return (await visitor.ask([{ listener: stage.listeners.edge, pieces }]))[0];
  };
  /** What all proxies have refused because of a limit. */
  const refused = async (limit: string): Promise<number> => {
    const { namespace } = stage.system;
    const pods = ['get', 'pods', '-n', namespace, '-l', 'app=matrix-edge', '-o', 'jsonpath={.items[*].status.podIP}'];
    const hosts = (await kubectl(pods)).split(' ');
    const bytes = spoken(stage.host, { path: '/metrics' });
    const asked = hosts.map((host) => ({ listener: { host, port: 8404 }, pieces: [{ bytes }] }));
    const answers = await (await stage.visitor('intruder')).ask(asked);
    const metric = new RegExp(`^haproxy_backend_requests_denied_total\\{proxy="${limit}"\\} (\\d+)`, 'm');
    return answers.reduce((sum, { heard }) => sum + Number(metric.exec(heard.text)?.[1]), 0);
  };

  it('refuses a flood from one address, and no other client', async () => {
    const before = await refused('limit_requests');
    const { statuses, heard } = await flood(
      { bytes: from('203.0.113.1, 198.51.100.1'), times: 1500 },
      { bytes: from('203.0.113.1, 198.51.100.2') },
    );
    expect(statuses.length).toBe(1501);
    expect(new Set(statuses.slice(0, 900))).toEqual(new Set([404]));
    expect(statuses.slice(-2)).toEqual([429, 404]);
    expect(heard.text).toMatch(/429 Too Many[^{]*Access-Control-Allow-Origin: \*[^{]*\{"errcode":"M_LIMIT_EXCEEDED"/i);
    const count = statuses.filter((status) => status === 429).length;
    expect((await refused('limit_requests')) - before).toBe(count);
    const log = await stage.system.kubectl(['logs', '-l', 'app=matrix-edge', '--tail=-1']);
    expect(log).toMatch(/"status":429,[^}]*"to":"limit_requests"/);
    expect(log).not.toContain('198.51.100.1');
  });

  it.each([
    ['that a load balancer hides', '10.1.2.3'],
    ['that a load balancer hides, by IPv6', 'fd00::1'],
  ])('does not count people %s as one', async (_, address) => {
    const again = '/_matrix/client/v3/delete_devices';
    const { statuses } = await flood(
      { bytes: from(`203.0.113.1, ${address}`), times: 1500 },
      { bytes: from(address, again, 'POST').replace('\r\n', '\r\nContent-Length: 0\r\n'), times: 40 },
    );
    expect(statuses.length).toBe(1540);
    expect(statuses).not.toContain(429);
  });

  it('counts a client that claims a private address', async () => {
    const { statuses } = await flood({ bytes: from('10.1.2.3, 198.51.100.3'), times: 1100 });
    expect(statuses.at(-1)).toBe(429);
  });
}
