import { kubectl } from '../support/kubectl';
import { reachable, startProbe } from '../support/probe-pod';
import type { EdgeStage } from './stage';

/** The port of every node, as an nginx there uses it. */
export function nodePort(stage: EdgeStage): void {
  it('is reached by a declared client, and by nobody else', async () => {
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
