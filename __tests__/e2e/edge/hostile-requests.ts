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
  ...[REGISTER, '/_synapse/admin/v1/server_version', '/_synapse/admin/v2/users', '/_synapse/admin', '/_synapse/metrics'],
  ...['/_synapse/replication/fed_send_edu/x/y', '/_synapse/mas/query_user', '/_synapse/mas', '/_synapse/', '/_synapse'],
  ...['/', '/health', '/metrics', '/_matrix', '/stats', '/favicon.ico'],
  // Encoded.
  ...['/_synapse%2fadmin/v1/register', '/_synapse%2Fadmin%2Fv1%2Fregister', '/_synapse/admin%2fv1%2fregister'],
  ...['/%5fsynapse/admin/v1/register', '/%5F%73%79napse/admin/v1/register', '/_synapse/%61dmin/v1/register'],
  ...['/%2f_synapse/admin/v1/register', '/_synapse%252fadmin/v1/register', '/_synapse/metric%73', '/%6detrics'],
  ...['/_synapse%c0%afadmin/v1/register', '/_synapse%ef%bc%8fadmin/v1/register', '/_synapse%u002fadmin/v1/register'],
  // Slashes and case.
  ...[`/${REGISTER}`, `//${REGISTER}`, '/_synapse//admin/v1/register', '/_synapse/admin//v1/register', '//', '//metrics'],
  ...['/_SYNAPSE/ADMIN/v1/register', '/_Synapse/admin/v1/register', '/_synapse\\admin\\v1\\register'],
  ...['/_synapse%5cadmin%5cv1%5cregister', '\\_synapse\\admin\\v1\\register', REGISTER.slice(1)],
  // Upwards, as a proxy or a server may resolve it.
  ...[`/.${REGISTER}`, `/_matrix/..${REGISTER}`, `/_matrix/client/../..${REGISTER}`, `/_matrix/media/../..${REGISTER}`],
  ...[`/_matrix/%2e%2e${REGISTER}`, `/_matrix/.%2e${REGISTER}`, '/_matrix/%2E%2E%2f_synapse/admin/v1/register'],
  ...['/_matrix/..%2f_synapse%2fadmin%2fv1%2fregister', `/_matrix/%252e%252e${REGISTER}`, `/_matrix/.../..${REGISTER}`],
  ...[`/_matrix/..;${REGISTER}`, `/_matrix/..;x=1${REGISTER}`, `/_matrix;/..${REGISTER}`, `/_matrix/;/..${REGISTER}`],
  ...['/_synapse/client/../admin/v1/register', '/_synapse/client/%2e%2e/admin/v1/register', '/_synapse/client/..'],
  ...['/_synapse/client/..%2fadmin/v1/register', '/_synapse/client/..;/admin/v1/register', '/_synapse/client/./../admin'],
  ...['/_synapse/client/..\\admin\\v1\\register', '/_synapse/client/..%5cadmin/v1/register', '/_synapse/client'],
  ...[`/.well-known/matrix/../..${REGISTER}`, '/.well-known/matrix/%2e%2e/%2e%2e/_synapse/metrics', '/.well-known/acme'],
  // Semicolons, NUL, and what ends a path for some.
  ...['/_synapse/admin;/v1/register', '/_synapse;/admin/v1/register', '/_synapse;x=/client/../admin/v1/register'],
  ...['/_synapse%00/admin/v1/register', `/_matrix%00/..${REGISTER}`, `${REGISTER}%00`, `${REGISTER}?`, `${REGISTER}#`],
  ...[`/?x=${VERSIONS}`, `/_matrix#${VERSIONS}`, `${REGISTER}%3f${VERSIONS}`, `${REGISTER}/${VERSIONS}`, '/_synapse/admin/.'],
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

/** Everything that is tried. */
export function hostileRequests({ host, token, userId }: Intruder): HostileRequest[] {
  const head = (first: string, ...headers: string[]) =>
    [first, `Host: ${host}`, 'X-Forwarded-Proto: https', `Authorization: Bearer ${token}`, ...headers, '', ''].join('\r\n');
  const refused = (name: string, bytes: string) => ({ name, bytes, harmless: false });
  const harmless = (name: string, bytes: string) => ({ name, bytes, harmless: true });
  const get = (target: string) => refused(`GET ${target}`, head(`GET ${target} HTTP/1.1`, 'Connection: close'));
  const versions = (...headers: string[]) =>
    harmless(`versions, ${headers.join(', ').slice(0, 60)}`, head(`GET ${VERSIONS} HTTP/1.1`, ...headers));
  const methods = ['TRACE', 'CONNECT', 'PATCH', 'PROPFIND', 'get', 'PURGE', 'FOO', 'PRI', 'X'.repeat(300)];
  const inner = head(`GET ${REGISTER} HTTP/1.1`, 'Connection: close');
  const chunk = `${inner.length.toString(16)}\r\n${inner}\r\n0\r\n\r\n`;
  const smuggled = (...headers: string[]) => (body: string) =>
    refused(
      `smuggled by ${headers.join(', ').replace(/[\r\n\t\0\v]/g, (c) => JSON.stringify(c).slice(1, -1))}`,
      head('POST /_matrix/client/v3/login HTTP/1.1', 'Content-Type: application/json', ...headers) + body,
    );
  const [length, chunked] = [`Content-Length: ${inner.length}`, 'Transfer-Encoding: chunked'];
  return [
    ...targets(host, userId).map(get),
    ...methods.map((method) => refused(`${method.slice(0, 9)} versions`, head(`${method} ${VERSIONS} HTTP/1.1`))),
    ...['POST', 'HEAD', 'PUT', 'OPTIONS', 'DELETE'].map((method) =>
      refused(`${method} register`, head(`${method} ${REGISTER} HTTP/1.1`, 'Content-Length: 2', 'Connection: close') + '{}'),
    ),
    refused('CONNECT main', head('CONNECT matrix-synapse-main:8008 HTTP/1.1') + inner),
    refused('log in as', head(`POST /_synapse/admin/v1/users/${userId}/login HTTP/1.1`, 'Content-Length: 2') + '{}'),
    refused('NUL in the path', head(`GET /_matrix/\0/..${REGISTER} HTTP/1.1`)),
    refused('blank in the path', head(`GET /_matrix/ ${REGISTER} HTTP/1.1`)),
    refused('tab in the path', head(`GET /_matrix/\t${REGISTER} HTTP/1.1`)),
    refused('letters of Latin 1', head(`GET /_synapse\xc0\xafadmin/v1/register HTTP/1.1`)),
    refused('HTTP/0.9', `GET ${REGISTER}\r\n`),
    refused('HTTP/1.0', `GET ${REGISTER} HTTP/1.0\r\nHost: ${host}\r\n\r\n`),
    harmless('HTTP/3.0', head(`GET ${VERSIONS} HTTP/3.0`)),
    refused('no HTTP', `SSH-2.0-x\r\n\r\n`),
    refused('HTTP/2 without a word', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\x04\0\0\0\0\0'),
    refused('no Host', `GET ${REGISTER} HTTP/1.1\r\n\r\n`),
    ...['matrix-synapse-admin', 'matrix-synapse-admin:8008', 'localhost', '127.0.0.1', `${host}/..`, `${host}:8010`].map(
      (other) => refused(`Host ${other}`, head(`GET ${REGISTER} HTTP/1.1`).replace(`Host: ${host}`, `Host: ${other}`)),
    ),
    refused('two Hosts', head(`GET ${REGISTER} HTTP/1.1`, 'Host: matrix-synapse-admin')),
    refused('X-Forwarded-Host', head(`GET ${REGISTER} HTTP/1.1`, 'X-Forwarded-Host: matrix-synapse-admin')),
    ...['X-Original-URL', 'X-Rewrite-URL', 'X-Forwarded-Uri', 'X-Forwarded-Path', 'X-Accel-Redirect', 'X-Original-Uri'].map(
      (name) => versions(`${name}: ${REGISTER}`),
    ),
    versions('X-Forwarded-Prefix: /_synapse/admin'),
    versions('X-HTTP-Method-Override: TRACE'),
    versions('X-Forwarded-Host: matrix-synapse-admin', 'X-Forwarded-Port: 8010'),
    versions('Connection: Upgrade, HTTP2-Settings', 'Upgrade: h2c', 'HTTP2-Settings: AAMAAABkAAQAAP__'),
    versions('Connection: Upgrade', 'Upgrade: websocket', 'Sec-WebSocket-Version: 13', 'Sec-WebSocket-Key: MDEyMzQ1Njc4OWFiY2RlZg=='),
    versions('Connection: close, X-Forwarded-For, X-Forwarded-Proto, Authorization'),
    smuggled(length, chunked)(chunk),
    smuggled(chunked, length)(`0\r\n\r\n${inner}`),
    smuggled('Content-Length: 4', chunked)(chunk),
    smuggled(chunked, 'Transfer-Encoding: identity')(`0\r\n\r\n${inner}`),
    smuggled('Transfer-Encoding: identity, chunked', length)(`0\r\n\r\n${inner}`),
    smuggled('Transfer-Encoding: xchunked', length)(`0\r\n\r\n${inner}`),
    smuggled('Transfer-Encoding:\tchunked', length)(`0\r\n\r\n${inner}`),
    smuggled('Transfer-Encoding:\vchunked', length)(`0\r\n\r\n${inner}`),
    smuggled('Transfer-Encoding : chunked', length)(`0\r\n\r\n${inner}`),
    smuggled('Transfer-Encoding:\r\n chunked', length)(`0\r\n\r\n${inner}`),
    smuggled(' Transfer-Encoding: chunked', length)(`0\r\n\r\n${inner}`),
    smuggled('X: y\rTransfer-Encoding: chunked', length)(`0\r\n\r\n${inner}`),
    smuggled('X: y\nTransfer-Encoding: chunked', length)(`0\r\n\r\n${inner}`),
    smuggled('Transfer-Encoding: chunked\0', length)(`0\r\n\r\n${inner}`),
    smuggled('Content-Length: 0', length)(inner),
    smuggled(length, 'Content-Length: 0')(inner),
    smuggled(`Content-Length: 0, ${inner.length}`)(inner),
    smuggled('Content-Length: +2')(`{}${inner}`),
    smuggled('Content-Length: 0x2')(`{}${inner}`),
    smuggled('Content-Length: -1')(inner),
    smuggled('Content-Length: 99999999999999999999')(inner),
    smuggled('Content-Length:\r\n 2')(`{}${inner}`),
    smuggled('Content-Length: 2')(`{}${inner}`),
    smuggled('Expect: 100-continue', 'Content-Length: 2')(`{}${inner}`),
    refused('200 headers', head(`GET ${VERSIONS} HTTP/1.1`, ...Array.from({ length: 200 }, (_, n) => `X-${n}: x`))),
    refused('a header of 1.5 MB', head(`GET ${VERSIONS} HTTP/1.1`, `X: ${'x'.repeat(1_500_000)}`)),
    refused('a path of 100 kB', head(`GET ${VERSIONS}/${'x'.repeat(100_000)} HTTP/1.1`)),
    refused('a method of 100 kB', head(`${'G'.repeat(100_000)} ${VERSIONS} HTTP/1.1`)),
  ];
}
