import { parseAllDocuments } from 'yaml';
import { atNight, firstInCi } from '../support/at-night';
import { eventually } from '../support/kubectl';
import type { EdgeStage } from './stage';

/** Services behind the proxy that are made anew, with other addresses. */
export function names(stage: EdgeStage): void {
  const status = async (path: string, host = stage.host) => (await stage.ask({ path }, host)).status;
  const client = () => status('/_matrix/client/versions');
  const discovery = () => status('/.well-known/matrix/client', stage.serverName);
  const address = (service: string) =>
    stage.system.kubectl(['get', 'service', service, '-o', 'jsonpath={.spec.clusterIP}']);
  const ready = async () =>
    Number(await stage.system.kubectl(['get', 'deployment/matrix-edge', '-o', 'jsonpath={.status.readyReplicas}']));
  const remove = (service: string) => stage.system.kubectl(['delete', 'service', service]);
  const apply = (object: object) => stage.system.kubectl(['apply', '-f', '-'], JSON.stringify(object));
  const remake = async (service: string) => {
    const all = parseAllDocuments(stage.system.manifest).map((document) => document.toJS());
    await apply(all.find(({ kind, metadata }) => kind === 'Service' && metadata.name === service));
  };

  const services = [
    ['matrix-synapse-main', client],
    ['matrix-discovery', discovery],
  ] as const;
  it.each(firstInCi(services))('finds %s at another address', async (service, ask) => {
    const last = await address(service);
    await remove(service);
    const spec = { clusterIP: last, ports: [{ port: 8008 }] };
    await apply({ apiVersion: 'v1', kind: 'Service', metadata: { name: `instead-of-${service}` }, spec });
    await remake(service);
    const begin = Date.now();
    expect(await address(service)).not.toBe(last);
    await eventually(`${service} again`, 60, async () => (await ask()) === 200);
    console.log(`edge: answers ${((Date.now() - begin) / 1000).toFixed(1)} s after ${service} was made again`);
    expect(await Promise.all([client(), discovery()])).toEqual([200, 200]);
  });

  atNight.it(
    'is not ready while Synapse has no Service, and restarts no proxy',
    async () => {
      const restarts = () =>
        stage.system.kubectl(['get', 'pods', '-l', 'app=matrix-edge', '-o', 'jsonpath={..restartCount}']);
      const before = await restarts();
      expect(await ready()).toBe(2);
      await remove('matrix-synapse-main');
      await eventually('proxies that say that they lead nowhere', 60, async () => (await ready()) === 0);
      await remake('matrix-synapse-main');
      await eventually('proxies that are ready again', 60, async () => (await ready()) === 2);
      await eventually('Synapse again', 30, async () => (await client()) === 200);
      expect(await restarts()).toBe(before);
    },
    180_000,
  );
}
