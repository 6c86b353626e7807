import { type Connection, Federation, MatrixApp, MatrixChart, Peer, Traffic } from '../../lib';
import { eventually, kubectl } from './support/kubectl';
import { podIp, reachable, startProbe } from './support/probe-pod';
import { makeNamespace, removeNamespace, System } from './support/system';

jest.setTimeout(240_000);

const STRANGE = 'matrix-e2e-strangers';
const PORTS = {
  'matrix-postgres': [5432],
  'matrix-synapse': [8008, 8009, 9000],
  'matrix-discovery': [8090],
  stranger: [8080],
} as const;

describe('what is not declared is not reachable', () => {
  let system: System;
  let addresses: Map<string, string>;

  /** The declarations of main.ts. */
  const declared: Connection[] = (() => {
    const app = new MatrixApp();
    const chart = new MatrixChart(app, 'matrix', {
      namespace: 'caritas',
      serverName: 'caritas.local',
      publicBaseUrl: 'https://matrix.caritas.local',
      federation: Federation.OPEN,
      clients: [Peer.pods({ app: 'userservice' }), Peer.pods({ app: 'agencyservice' })],
    });
    return Traffic.connections(chart);
  })();
  /** What somebody may reach, as name:port. */
  const allowed = (...from: string[]) => {
    const connections = declared.filter(({ from: peer, to }) => from.includes(peer.key) && to.key in PORTS);
    const doors = connections.flatMap(({ to, ports }) => ports.map((port) => `${to.key}:${port.number}`));
    return [...new Set(doors)].sort();
  };
  const everything = () => Object.entries(PORTS).flatMap(([name, ports]) => ports.map((port) => `${name}:${port}`));
  /** What somebody does reach, as name:port. */
  const reached = async (namespace: string, target: string) => {
    const byAddress = new Map(
      everything().map((one) => [one.replace(/^[^:]+/, (name) => addresses.get(name) ?? ''), one]),
    );
    const found = await reachable(namespace, target, [...byAddress.keys()]);
    return found.map((address) => byAddress.get(address) ?? address).sort();
  };

  beforeAll(async () => {
    system = await System.install('isolation');
    await removeNamespace(STRANGE);
    await makeNamespace(STRANGE);
    await startProbe(system.namespace, 'stranger', { app: 'stranger' });
    await startProbe(system.namespace, 'userservice', { app: 'userservice' });
    await startProbe(STRANGE, 'stranger', { app: 'stranger' });
    await startProbe(STRANGE, 'userservice', { app: 'userservice' });
    await startProbe(STRANGE, 'posing-as-synapse', { app: 'matrix-synapse' });
    const workloads = ['matrix-postgres', 'matrix-synapse', 'matrix-discovery', 'stranger'];
    const ips = await Promise.all(workloads.map((app) => podIp(system.namespace, `app=${app}`)));
    addresses = new Map(workloads.map((name, index) => [name, ips[index]]));
    // Policies take a moment to bite.
    await eventually(
      'policies in force',
      20,
      async () => !(await reached(STRANGE, 'stranger')).includes('matrix-postgres:5432'),
    );
  });

  afterAll(async () => {
    await removeNamespace(STRANGE);
    await system?.remove();
  });

  it.each([
    ['a stranger in the namespace', 'own', 'stranger', ['anyone']],
    ['a stranger in another namespace', STRANGE, 'stranger', ['anyone']],
    ['a declared client', 'own', 'userservice', ['anyone', 'app=userservice']],
    ['somebody with the label of a declared client in another namespace', STRANGE, 'userservice', ['anyone']],
    ['somebody who poses as Synapse in another namespace', STRANGE, 'posing-as-synapse', ['anyone']],
  ])('%s reaches what is declared, and nothing else', async (_who, where, pod, from) => {
    const namespace = where === 'own' ? system.namespace : where;
    const unprotected = 'stranger:8080';
    expect(await reached(namespace, pod)).toEqual([...allowed(...from), unprotected].sort());
  });

  it('the table above would see an open door', () => {
    expect(allowed('anyone')).toEqual(['matrix-discovery:8090']);
    expect(allowed('app=userservice')).toEqual(['matrix-synapse:8008']);
  });

  it('Synapse reaches the database and no neighbour', async () => {
    const found = await reached(system.namespace, 'deployment/matrix-synapse');
    expect(found.filter((one) => !one.startsWith('matrix-synapse:'))).toEqual(['matrix-postgres:5432']);
  });

  // A pod of ours with Python: the label is what policies go by.
  it.each(['matrix-postgres', 'matrix-discovery'])('%s sends nothing, not even to the name server', async (app) => {
    const names = await kubectl([
      'get',
      'service',
      'kube-dns',
      '-n',
      'kube-system',
      '-o',
      'jsonpath={.spec.clusterIP}',
    ]);
    const targets = [`${names}:53`, `${addresses.get('stranger')}:8080`, `${addresses.get('matrix-synapse')}:8008`];
    await startProbe(system.namespace, `as-${app}`, { app });
    await eventually(`policies for ${app} in force`, 20, async () => {
      return (await reachable(system.namespace, `as-${app}`, targets)).length === 0;
    });
    expect(await reachable(system.namespace, 'stranger', targets.slice(0, 2))).toEqual(targets.slice(0, 2).sort());
  });
});
