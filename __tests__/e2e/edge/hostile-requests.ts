import { REGISTER, targets, VERSIONS } from './hostile-targets';
import { smuggling } from './smuggling';

/** A request that tries to reach something that is not public. */
export interface HostileRequest {
  /** A unique name. */
  readonly name: string;
  /** The request on the wire, a character for each byte. */
  readonly bytes: string;
  /** Whether the answer of `/versions`, the request's path, is acceptable. */
  readonly harmless: boolean;
}

/** The intruder's facts. The token is an administrator's, so that an open listener would be noticed. */
export interface Intruder {
  readonly host: string;
  readonly token: string;
  readonly userId: string;
}

/** Headers of a GET of a public path, which must not change its meaning. */
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

/** All hostile requests. */
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
