import { type Backend, hostsOf, renderBackends, renderRoutes } from '../../../lib/edge/proxy/backends';
import { WORKERS } from '../../support/worker-backends';

const MAIN: Backend = { name: 'synapse', servers: [{ name: 'main', host: 'matrix-synapse-main', port: 8008 }] };

it('minimal: renders a section with its server', () => {
  expect(renderBackends([MAIN])).toBe(
    [
      '# The servers behind the frontends.\n',
      'backend synapse from answers',
      "  server main 'matrix-synapse-main:8008'\n",
    ].join('\n'),
  );
  expect(renderRoutes('public', [MAIN])).toBe('');
});

it('renders a group of workers from data: servers, load balancing and routes', () => {
  expect(renderBackends(WORKERS)).toContain(
    [
      'backend sync from answers',
      '  option httpchk GET /health',
      '  balance hdr(Authorization)',
      '  hash-type consistent',
      "  server sync_0 'localhost:7000' check inter 2s downinter 250ms fall 2 rise 1",
      "  server sync_1 'localhost:7001' check inter 2s downinter 250ms fall 2 rise 1",
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
    "  server main 'matrix-synapse-main:8008' track synapse/main maxconn 2\n",
  );
});

it('names each host once', () => {
  expect(hostsOf([MAIN, { ...MAIN, name: 'login' }, ...WORKERS])).toEqual(['matrix-synapse-main', 'localhost']);
});
