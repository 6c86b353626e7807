import type { Backend } from '../../lib/edge/proxy/backends';

/** Backends as workers of Synapse would have them. */
export const WORKERS: Backend[] = [
  {
    name: 'sync',
    servers: [0, 1].map((n) => ({ name: `sync_${n}`, host: 'localhost', port: 7000 + n })),
    settings: ['option httpchk GET /health', 'balance hdr(Authorization)', 'hash-type consistent'],
    checkedBy: 'sync',
    routes: [
      {
        from: ['public'],
        methods: ['GET', 'HEAD'],
        paths: ['^/_matrix/client/(r0|v3)/sync$', '^/_matrix/client/(api/v1|r0|v3)/events$'],
      },
    ],
  },
  {
    name: 'reader',
    servers: [{ name: 'reader_0', host: 'localhost', port: 7010 }],
    settings: ['option httpchk GET /health', 'balance uri'],
    checkedBy: 'reader',
    routes: [{ from: ['public', 'admin'], paths: ['^/_matrix/client/versions$'] }],
  },
];
