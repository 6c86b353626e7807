import type { EdgeStage } from './stage';

/** Every branch of haproxy.cfg, read by HAProxy itself. */
export function configuration(stage: EdgeStage): void {
  it.each([
    ['another proxy before the controller', 'PROXY_HOPS=2'],
    ['proxies among the clients', 'TRUSTED_PROXIES=10.1.2.3/32 2001:db8::/64'],
    ['a closed network without TLS', 'SCHEME=http'],
    ['no discovery', '--unset=DISCOVERY'],
    ['no federation', '--unset=FEDERATION'],
  ])('is right with %s', async (_, change) => {
    const check = ['env', change, 'haproxy', '-c', '-f', '/etc/matrix-edge/haproxy.cfg'];
    // It says nothing more than that, and nothing when it is quiet.
    await stage.system.exec('deployment/matrix-edge', ...check);
    const broken = ['env', change, 'SYNAPSE_CLIENT_PORT=none', ...check.slice(2)];
    await expect(stage.system.exec('deployment/matrix-edge', ...broken)).rejects.toThrow('none');
  });
}
