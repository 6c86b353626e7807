import { kubectl } from '../support/kubectl';
import { reachable, startProbe } from '../support/probe-pod';
import type { EdgeStage } from './stage';

/** The node port, as an nginx on the node uses it. */
export function nodePort(stage: EdgeStage): void {
  it('accepts only a declared client', async () => {
    const { namespace } = stage.system;
    const proxies = ['get', 'pods', '-n', namespace, '-l', 'app=matrix-edge'];
    const node = await kubectl([...proxies, '-o', 'jsonpath={.items[0].status.hostIP}']);
    const address = `${node}:${stage.nodePort}`;
    await startProbe(namespace, 'declared', stage.declared);
    await startProbe(namespace, 'stranger', { app: 'stranger' });
    expect(await reachable(namespace, 'declared', [address])).toEqual([address]);
    expect(await reachable(namespace, 'stranger', [address])).toEqual([]);
  });
}
