import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { hostsOf, renderRoutes } from '../../../lib/edge/proxy/backends';
import { systemBackends } from '../../../lib/edge/proxy/system-backends';
import { PROXY } from '../../support/proxy-files';

const CLOSED = { synapse: { ...PROXY.synapse, federates: false } };
const CHECKS = readFileSync(join(__dirname, '../../../lib/edge/proxy/haproxy/checks/logins.cfg'), 'utf8');
const names = (...args: Parameters<typeof systemBackends>) => systemBackends(...args).map(({ name }) => name);
const routed = (...args: Parameters<typeof systemBackends>) =>
  [...renderRoutes('public', systemBackends(...args)).matchAll(/use_backend (\w+)/g)].map(([, name]) => name);

it('minimal: has no discovery and no federation routes', () => {
  expect(names(CLOSED)).not.toContain('discovery');
  expect(routed(CLOSED)).toEqual(['remote_thumbnail', 'thumbnail', 'login', 'large_body']);
});

it('all props', () => {
  const all = ['federation_large', 'federation', 'discovery', 'login', 'admin_login', 'large_body'];
  expect(names(PROXY)).toEqual(['synapse', 'synapse_name', 'remote_thumbnail', 'thumbnail', ...all]);
  const twice = ['federation_large', 'federation'].flatMap((name) => [name, name]);
  expect(routed(PROXY)).toEqual(['remote_thumbnail', 'thumbnail', ...twice, 'discovery', 'login', 'large_body']);
  const other = { ...PROXY, discovery: { host: 'matrix-discovery', port: 80 } };
  expect(hostsOf(systemBackends(other))).toEqual(['localhost', 'matrix-discovery']);
});

it('checks the health of all Synapse backends once', () => {
  const synapse = systemBackends(PROXY).filter(({ name }) => !['discovery', 'synapse_name'].includes(name));
  expect(synapse.map(({ checkedBy }) => checkedBy)).toEqual(Array(8).fill('synapse'));
});

it('queues logins apart from other requests, with the pattern that the checks use', () => {
  const logins = systemBackends(PROXY).filter(({ name }) => name.endsWith('login'));
  expect(logins.map(({ name, routes }) => [name, routes?.[0].from])).toEqual([
    ['login', ['public']],
    ['admin_login', ['admin']],
  ]);
  for (const { routes = [] } of logins) {
    const [{ methods, paths }] = routes;
    expect(CHECKS).toContain(`set-var(txn.login) bool(true) if { method ${methods} } { path_reg ${paths} }\n`);
  }
});

it('queues large bodies, but not uploads, which go to disk', () => {
  const large = systemBackends(PROXY).find(({ name }) => name === 'large_body');
  const [{ paths, when }] = large?.routes ?? [];
  expect(when).toBe('var(txn.large) -m bool');
  const queued = (path: string) => new RegExp(paths[0]).test(path);
  expect(queued('/_matrix/client/v3/createRoom')).toBe(true);
  expect(queued('/_matrix/media/v3/upload')).toBe(false);
  expect(queued('/_matrix/media/v3/upload/example.org/x')).toBe(false);
});
