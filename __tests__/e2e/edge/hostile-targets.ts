/** Registration by the shared secret. */
export const REGISTER = '/_synapse/admin/v1/register';
/** A path that needs no token. */
export const VERSIONS = '/_matrix/client/versions';

/** Targets of a GET that are not public, however they are parsed. */
export const targets = (host: string, userId: string): string[] => [
  // Plainly.
  ...[
    REGISTER,
    '/_synapse/admin/v1/server_version',
    '/_synapse/admin/v2/users',
    '/_synapse/admin',
    '/_synapse/metrics',
  ],
  ...['/_synapse/replication/fed_send_edu/x/y', '/_synapse/mas/query_user', '/_synapse/mas', '/_synapse/', '/_synapse'],
  ...['/', '/health', '/metrics', '/_matrix', '/stats', '/favicon.ico'],
  // Encoded.
  ...['/_synapse%2fadmin/v1/register', '/_synapse%2Fadmin%2Fv1%2Fregister', '/_synapse/admin%2fv1%2fregister'],
  ...['/%5fsynapse/admin/v1/register', '/%5F%73%79napse/admin/v1/register', '/_synapse/%61dmin/v1/register'],
  ...['/%2f_synapse/admin/v1/register', '/_synapse%252fadmin/v1/register', '/_synapse/metric%73', '/%6detrics'],
  ...['/_synapse%c0%afadmin/v1/register', '/_synapse%ef%bc%8fadmin/v1/register', '/_synapse%u002fadmin/v1/register'],
  // Slashes and case.
  ...[
    `/${REGISTER}`,
    `//${REGISTER}`,
    '/_synapse//admin/v1/register',
    '/_synapse/admin//v1/register',
    '//',
    '//metrics',
  ],
  ...['/_SYNAPSE/ADMIN/v1/register', '/_Synapse/admin/v1/register', '/_synapse\\admin\\v1\\register'],
  ...['/_synapse%5cadmin%5cv1%5cregister', '\\_synapse\\admin\\v1\\register', REGISTER.slice(1)],
  // Path traversals, as a proxy or a server may resolve them.
  ...[`/.${REGISTER}`, `/_matrix/..${REGISTER}`, `/_matrix/client/../..${REGISTER}`, `/_matrix/media/../..${REGISTER}`],
  ...[`/_matrix/%2e%2e${REGISTER}`, `/_matrix/.%2e${REGISTER}`, '/_matrix/%2E%2E%2f_synapse/admin/v1/register'],
  ...['/_matrix/..%2f_synapse%2fadmin%2fv1%2fregister', `/_matrix/%252e%252e${REGISTER}`, `/_matrix/.../..${REGISTER}`],
  ...[`/_matrix/..;${REGISTER}`, `/_matrix/..;x=1${REGISTER}`, `/_matrix;/..${REGISTER}`, `/_matrix/;/..${REGISTER}`],
  ...['/_synapse/client/../admin/v1/register', '/_synapse/client/%2e%2e/admin/v1/register', '/_synapse/client/..'],
  ...[
    '/_synapse/client/..%2fadmin/v1/register',
    '/_synapse/client/..;/admin/v1/register',
    '/_synapse/client/./../admin',
  ],
  ...['/_synapse/client/..\\admin\\v1\\register', '/_synapse/client/..%5cadmin/v1/register', '/_synapse/client'],
  ...[
    `/.well-known/matrix/../..${REGISTER}`,
    '/.well-known/matrix/%2e%2e/%2e%2e/_synapse/metrics',
    '/.well-known/acme',
  ],
  // Semicolons, NUL and other characters that end a path for some parsers.
  ...['/_synapse/admin;/v1/register', '/_synapse;/admin/v1/register', '/_synapse;x=/client/../admin/v1/register'],
  ...['/_synapse%00/admin/v1/register', `/_matrix%00/..${REGISTER}`, `${REGISTER}%00`, `${REGISTER}?`, `${REGISTER}#`],
  ...[
    `/?x=${VERSIONS}`,
    `/_matrix#${VERSIONS}`,
    `${REGISTER}%3f${VERSIONS}`,
    `${REGISTER}/${VERSIONS}`,
    '/_synapse/admin/.',
  ],
  `/_matrix/client/..${'/..'.repeat(20)}${REGISTER}`,
  // Absolute URLs.
  ...[`http://${host}${REGISTER}`, `https://${host}${REGISTER}`, `http://matrix-synapse-admin:8008${REGISTER}`],
  ...[`http://${host}/_matrix/..${REGISTER}`, `http://x@${host}${REGISTER}`, `//matrix-synapse-main:8008${REGISTER}`],
  ...[`http:${REGISTER}`, `http:///${REGISTER}`, 'file:///etc/passwd', 'matrix-synapse-main:8008', '*'],
  // The client API's endpoints for administrators.
  ...['r0', 'v3', 'v1', 'api/v1', 'unstable', 'unstable/org.matrix'].map(
    (version) => `/_matrix/client/${version}/admin/whois/${userId}`,
  ),
  ...['v3/%61dmin', 'v3//admin', 'v3/./admin', 'v3/ADMIN', 'v3/admin%2f', '/v3/admin', 'api%2fv1/admin'].map(
    (version) => `/_matrix/client/${version}/whois/${userId}`,
  ),
  ...['unstable/uk.timedout.msc4323', 'v1'].map((version) => `/_matrix/client/${version}/admin/suspend/${userId}`),
];
