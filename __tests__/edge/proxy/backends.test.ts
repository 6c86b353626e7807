import { type Backend, hostsOf, renderBackends, renderRoutes } from '../../../lib/edge/proxy/backends';
import { WORKERS } from '../../support/worker-backends';

const HOST = `\${HOST_localhost-localhost}`;
const MAIN_HOST = `\${HOST_matrix_synapse_main-matrix-synapse-main}`;
const CHECK = 'check inter 500ms fastinter 250ms downinter 250ms fall 80 rise 1';
const MAIN: Backend = { name: 'synapse', servers: [{ name: 'main', host: 'matrix-synapse-main', port: 8008 }] };

it('minimal: renders a section with its server', () => {
  expect(renderBackends([MAIN])).toBe(
    [
      '# The servers behind the frontends.\n',
      'backend synapse from answers',
      '  no log',
      `  server main "${MAIN_HOST}:8008"\n`,
    ].join('\n'),
  );
  expect(renderRoutes('public', [MAIN])).toBe('');
});

it('renders a group of workers from data: servers, load balancing and routes', () => {
  expect(renderBackends(WORKERS)).toContain(
    [
      'backend sync from answers',
      '  no log',
      '  option httpchk GET /health',
      '  balance hdr(Authorization)',
      '  hash-type consistent',
      `  server sync_0 "${HOST}:7000" ${CHECK}`,
      `  server sync_1 "${HOST}:7001" ${CHECK}`,
      '',
    ].join('\n'),
  );
  expect(renderRoutes('public', WORKERS)).toBe(
    [
      "  use_backend sync if { method GET HEAD } { path_reg '^/_matrix/client/(r0|v3)/sync$' }",
      "  use_backend sync if { method GET HEAD } { path_reg '^/_matrix/client/(api/v1|r0|v3)/events$' }",
      "  use_backend reader if { path_reg '^/_matrix/client/versions$' }",
      '',
    ].join('\n'),
  );
  expect(renderRoutes('admin', WORKERS)).toBe("  use_backend reader if { path_reg '^/_matrix/client/versions$' }\n");
});

it("uses another backend's health check, and queues requests", () => {
  expect(renderBackends([{ ...MAIN, name: 'login', checkedBy: 'synapse', maxConnections: 2 }])).toContain(
    `"${MAIN_HOST}:8008" track synapse/main maxconn 2\n`,
  );
});

it('names each host once', () => {
  expect(hostsOf([MAIN, { ...MAIN, name: 'login' }, ...WORKERS])).toEqual(['matrix-synapse-main', 'localhost']);
});

it.each(['a b', '$HOME', 'a"b', ''])('fails when a host is not valid: %j', (host) => {
  const servers = [{ name: 'main', host, port: 8008 }];
  expect(() => renderBackends([{ name: 'synapse', servers }])).toThrow(
    `'${host}' is not a valid host of a server: use`,
  );
});
