/** A way that somebody tries to what is not public. */
export interface HostileRequest {
  /** What is tried; unique. */
  readonly name: string;
  /** As it goes over the wire, a byte for each character. */
  readonly bytes: string;
  /** Whether an answer may come: that of `/versions`, which is what the path says. */
  readonly harmless: boolean;
}

/** Whom it is tried with: an administrator's token, so that an open door would be seen. */
export interface Intruder {
  readonly host: string;
  readonly token: string;
  readonly userId: string;
}

const REGISTER = '/_synapse/admin/v1/register';
const VERSIONS = '/_matrix/client/versions';

/** Targets of a GET that lead to nothing public, however they are read. */
const targets = (host: string, userId: string): string[] => [
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
  // Upwards, as a proxy or a server may resolve it.
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
  // Semicolons, NUL, and what ends a path for some.
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
  // With an address in it.
  ...[`http://${host}${REGISTER}`, `https://${host}${REGISTER}`, `http://matrix-synapse-admin:8008${REGISTER}`],
  ...[`http://${host}/_matrix/..${REGISTER}`, `http://x@${host}${REGISTER}`, `//matrix-synapse-main:8008${REGISTER}`],
  ...[`http:${REGISTER}`, `http:///${REGISTER}`, 'file:///etc/passwd', 'matrix-synapse-main:8008', '*'],
  // What the client API has for administrators.
  ...['r0', 'v3', 'v1', 'api/v1', 'unstable', 'unstable/org.matrix'].map(
    (version) => `/_matrix/client/${version}/admin/whois/${userId}`,
  ),
  ...['v3/%61dmin', 'v3//admin', 'v3/./admin', 'v3/ADMIN', 'v3/admin%2f', '/v3/admin', 'api%2fv1/admin'].map(
    (version) => `/_matrix/client/${version}/whois/${userId}`,
  ),
  ...['unstable/uk.timedout.msc4323', 'v1'].map((version) => `/_matrix/client/${version}/admin/suspend/${userId}`),
];

/** Headers of a GET of something public, which must stay one. */
const HEADERS: string[][] = [
  ...[
    'X-Original-URL',
    'X-Rewrite-URL',
    'X-Forwarded-Uri',
    'X-Forwarded-Path',
    'X-Accel-Redirect',
    'X-Original-Uri',
  ].map((name) => [`${name}: ${REGISTER}`]),
  ['X-Forwarded-Prefix: /_synapse/admin'],
  ['X-HTTP-Method-Override: TRACE'],
  ['X-Forwarded-Host: matrix-synapse-admin', 'X-Forwarded-Port: 8010'],
  ['Connection: Upgrade, HTTP2-Settings', 'Upgrade: h2c', 'HTTP2-Settings: AAMAAABkAAQAAP__'],
  [
    'Connection: Upgrade',
    'Upgrade: websocket',
    'Sec-WebSocket-Version: 13',
    'Sec-WebSocket-Key: MDEyMzQ1Njc4OWFiY2RlZg==',
  ],
  ['Connection: close, X-Forwarded-For, X-Forwarded-Proto, Authorization'],
];

/** Headers, and a body with a request to the admin API in it, which two servers may see the end of at two places. */
const smuggling = (inner: string): [string[], string][] => {
  const length = `Content-Length: ${inner.length}`;
  const chunked = 'Transfer-Encoding: chunked';
  const oneChunk = `${inner.length.toString(16)}\r\n${inner}\r\n0\r\n\r\n`;
  const afterEnd = `0\r\n\r\n${inner}`;
  return [
    [[length, chunked], oneChunk],
    [['Content-Length: 4', chunked], oneChunk],
    [[chunked, length], afterEnd],
    [[chunked, 'Transfer-Encoding: identity'], afterEnd],
    ...['\tchunked', '\vchunked', '\r\n chunked', ' chunked\0', ' xchunked', ' identity, chunked'].map(
      (value): [string[], string] => [[`Transfer-Encoding:${value}`, length], afterEnd],
    ),
    ...['Transfer-Encoding : chunked', ` ${chunked}`, `X: y\r${chunked}`, `X: y\n${chunked}`].map(
      (line): [string[], string] => [[line, length], afterEnd],
    ),
    [['Content-Length: 0', length], inner],
    [[length, 'Content-Length: 0'], inner],
    ...[`0, ${inner.length}`, '-1', '99999999999999999999'].map((value): [string[], string] => [
      [`Content-Length: ${value}`],
      inner,
    ]),
    ...['+2', '0x2', '\r\n 2', '2'].map((value): [string[], string] => [[`Content-Length: ${value}`], `{}${inner}`]),
    [['Expect: 100-continue', 'Content-Length: 2'], `{}${inner}`],
  ];
};

/** Everything that is tried. */
export function hostileRequests({ host, token, userId }: Intruder): HostileRequest[] {
  const open = (first: string, headers: string[], body = '') =>
    [first, `Host: ${host}`, 'X-Forwarded-Proto: https', `Authorization: Bearer ${token}`, ...headers, '', body].join(
      '\r\n',
    );
  const alone = (first: string, headers: string[] = [], body = '') =>
    open(first, ['Connection: close', ...headers], body);
  const refused = (name: string, bytes: string) => ({ name, bytes, harmless: false });
  const harmless = (name: string, bytes: string) => ({ name, bytes, harmless: true });
  const methods = ['TRACE', 'CONNECT', 'PATCH', 'PROPFIND', 'get', 'PURGE', 'FOO', 'PRI', 'X'.repeat(300)];
  const hosts = [
    'matrix-synapse-admin',
    'matrix-synapse-admin:8008',
    'localhost',
    '127.0.0.1',
    `${host}/..`,
    `${host}:8010`,
  ];
  const inner = alone(`GET ${REGISTER} HTTP/1.1`);
  const shown = (text: string) => JSON.stringify(text).slice(1, -1);
  return [
    ...targets(host, userId).map((target) => refused(`GET ${target}`, alone(`GET ${target} HTTP/1.1`))),
    ...methods.map((method) => refused(`${method.slice(0, 9)} versions`, alone(`${method} ${VERSIONS} HTTP/1.1`))),
    ...['POST', 'HEAD', 'PUT', 'OPTIONS', 'DELETE'].map((method) =>
      refused(`${method} register`, alone(`${method} ${REGISTER} HTTP/1.1`, ['Content-Length: 2'], '{}')),
    ),
    ...hosts.map((other) => refused(`Host ${other}`, inner.replace(`Host: ${host}`, `Host: ${other}`))),
    ...HEADERS.map((headers) => harmless(headers.join(', '), open(`GET ${VERSIONS} HTTP/1.1`, headers))),
    ...smuggling(inner).map(([headers, body]) =>
      refused(
        `smuggled by ${shown(headers.join(', '))}`,
        open('POST /_matrix/client/v3/login HTTP/1.1', ['Content-Type: application/json', ...headers], body),
      ),
    ),
    refused('CONNECT main', alone('CONNECT matrix-synapse-main:8008 HTTP/1.1', [], inner)),
    refused('log in as', alone(`POST /_synapse/admin/v1/users/${userId}/login HTTP/1.1`, ['Content-Length: 2'], '{}')),
    refused('NUL in the path', alone(`GET /_matrix/\0/..${REGISTER} HTTP/1.1`)),
    refused('blank in the path', alone(`GET /_matrix/ ${REGISTER} HTTP/1.1`)),
    refused('tab in the path', alone(`GET /_matrix/\t${REGISTER} HTTP/1.1`)),
    refused('letters of Latin 1', alone('GET /_synapse\xc0\xafadmin/v1/register HTTP/1.1')),
    refused('HTTP/0.9', `GET ${REGISTER}\r\n`),
    refused('HTTP/1.0', `GET ${REGISTER} HTTP/1.0\r\nHost: ${host}\r\nX-Forwarded-Proto: https\r\n\r\n`),
    harmless('HTTP/3.0', alone(`GET ${VERSIONS} HTTP/3.0`)),
    refused('HTTP/2 without a word', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\x04\0\0\0\0\0'),
    refused('no HTTP', 'SSH-2.0-x\r\n\r\n'),
    refused('no Host', `GET ${REGISTER} HTTP/1.1\r\nX-Forwarded-Proto: https\r\nConnection: close\r\n\r\n`),
    refused('two Hosts', alone(`GET ${REGISTER} HTTP/1.1`, ['Host: matrix-synapse-admin'])),
    refused('another X-Forwarded-Host', alone(`GET ${REGISTER} HTTP/1.1`, ['X-Forwarded-Host: matrix-synapse-admin'])),
    refused(
      '200 headers',
      alone(
        `GET ${VERSIONS} HTTP/1.1`,
        Array.from({ length: 200 }, (_, n) => `X-${n}: x`),
      ),
    ),
    refused('a header of 1.5 MB', alone(`GET ${VERSIONS} HTTP/1.1`, [`X: ${'x'.repeat(1_500_000)}`])),
    refused('a path of 100 kB', alone(`GET ${VERSIONS}/${'x'.repeat(100_000)} HTTP/1.1`)),
    refused('a method of 100 kB', alone(`${'G'.repeat(100_000)} ${VERSIONS} HTTP/1.1`)),
  ];
}
