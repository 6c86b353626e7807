import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { systemBackends } from '../../../lib/edge/proxy/system-backends';
import type { WorkerBackend } from '../../../lib/synapse/workers/worker-backend';
import { ROLES, WRITERS } from '../../../lib/synapse/workers/worker-role';
import { PROXY } from '../../support/proxy-files';

/** What Synapse answers: method, path with alternatives in braces, servlet, and which process: `main` or `any`. */
const SERVLETS = readFileSync(join(__dirname, '../../synapse/workers/servlets.txt'), 'utf8').trim().split('\n');

/** What only the process that writes the stream does itself; others refuse it. */
const WRITES: { [servlet: string]: string } = {
  RoomTypingRestServlet: 'typing',
  SendToDeviceRestServlet: 'to_device',
  PresenceStatusRestServlet: 'presence',
  PushRuleRestServlet: 'push_rules',
};

const WORKERS: WorkerBackend[] = [...Object.values(WRITERS), ...Object.values(ROLES)]
  .filter(({ routes, name }) => routes && name !== 'media')
  .map(({ name, routes, streams }) => ({
    name,
    host: name,
    port: 8008,
    replicas: 1,
    podNames: streams ? [name] : undefined,
    clientRoutes: routes?.client ?? [],
    federationRoutes: routes?.federation ?? [],
    adminRoutes: [],
    media: false,
  }));

function paths(pattern: string): string[] {
  const [, before, options, after] = pattern.match(/^([^{]*)\{([^}]*)\}(.*)$/) ?? [];
  return options ? options.split(',').flatMap((option) => paths(`${before}${option}${after}`)) : [pattern];
}

/** The backends whose routes take a request, in their order. */
function takers(workers: WorkerBackend[], frontend: 'public' | 'admin' | 'federation', method: string, path: string) {
  const backends = systemBackends({ ...PROXY, synapse: { ...PROXY.synapse, workerBackends: workers } });
  return backends.filter(({ routes = [] }) =>
    routes.some(
      ({ from, methods = [method], paths: patterns, when }) =>
        !when &&
        from.includes(frontend) &&
        methods.includes(method) &&
        patterns.some((one) => new RegExp(one).test(path)),
    ),
  );
}

/** Every layout of the workers that could get a request. */
function subsets(workers: WorkerBackend[]): WorkerBackend[][] {
  return workers.reduce<WorkerBackend[][]>((all, one) => all.flatMap((few) => [few, [...few, one]]), [[]]);
}

it.each(SERVLETS)('%s goes to a process that answers it, in every layout', (line) => {
  const [method, pattern, servlet, process] = line.split(' ');
  for (const path of paths(pattern)) {
    const frontends =
      path.startsWith('/_matrix/federation') || path.startsWith('/_matrix/key')
        ? (['public', 'federation'] as const)
        : (['public', 'admin'] as const);
    for (const frontend of frontends) {
      const names = takers(WORKERS, frontend, method, path).map(({ name }) => name);
      const possible = WORKERS.filter(({ name }) => names.includes(name.replaceAll('-', '_')));
      for (const layout of subsets(possible)) {
        const [first] = takers(layout, frontend, method, path).filter(({ name }) => name !== 'discovery');
        const worker = layout.find(({ name }) => name.replaceAll('-', '_') === first?.name);
        if (!worker) continue;
        expect(process).toBe('any');
        const stream = method !== 'GET' ? WRITES[servlet] : undefined;
        expect(stream ?? worker.name.replaceAll('-', '_')).toBe(worker.name.replaceAll('-', '_'));
      }
    }
  }
});

it('routes most of what a worker may answer', () => {
  const any = SERVLETS.filter((line) => line.endsWith(' any') && !line.includes('/_synapse/'));
  const main = any.filter((line) => {
    const [method, pattern] = line.split(' ');
    const [path] = paths(pattern);
    return takers(WORKERS, 'public', method, path).every(({ checkedBy }) => checkedBy === 'synapse');
  });
  // Logins and registrations, whose failures the main process counts, and what is rare.
  expect(main.map((line) => line.split(' ')[2])).toMatchSnapshot();
});
