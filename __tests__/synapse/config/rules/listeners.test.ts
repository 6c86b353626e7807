import type { HomeserverSettings, ListenerSettings } from '../../../../imports/homeserver';
import { check } from '../../../support/homeserver';

const METRICS: ListenerSettings = { port: 9000, type: 'metrics' };
const CLIENT: ListenerSettings = { port: 8008, type: 'http', resources: [{ names: ['client'] }] };

test.each<[string, HomeserverSettings, string]>([
  [
    'metrics are on a client listener',
    { listeners: [{ ...CLIENT, resources: [{ names: ['client', 'metrics'] }] }] },
    'together with client',
  ],
  [
    'metrics are on a plain listener',
    { listeners: [{ ...CLIENT, resources: [{ names: ['metrics'] }] }] },
    'use a listener of type metrics',
  ],
  [
    'terms are served that do not exist',
    { listeners: [{ ...CLIENT, resources: [{ names: ['consent'] }] }] },
    'set user_consent as well',
  ],
  ['two listeners share a port', { listeners: [METRICS, METRICS] }, 'listeners[0] has the same port'],
  [
    'manhole has the port of a listener',
    { manhole: 8008, listeners: [CLIENT] },
    'manhole is 8008, but listeners[0] has',
  ],
  ['a listener has no address', { listeners: [{ type: 'metrics' }] }, 'set port'],
  ['a listener has two addresses', { listeners: [{ ...METRICS, path: '/a' }] }, 'listeners[0].path is "/a"'],
  [
    'TLS has no certificate',
    { listeners: [{ ...CLIENT, tls: true }] },
    'tls_certificate_path and tls_private_key_path',
  ],
])('refuses settings when %s', (_, settings, reason) => {
  expect(check(settings)).toEqual([expect.stringContaining(reason)]);
});

test.each<[string, HomeserverSettings]>([
  [
    'a worker on the port of the main process, which runs in another pod',
    { listeners: [CLIENT], worker_listeners: [CLIENT] },
  ],
  ['a Unix socket', { listeners: [{ type: 'http', path: '/run/a', resources: CLIENT.resources }] }],
  [
    'TLS with a certificate',
    { listeners: [{ ...CLIENT, tls: true }], tls_certificate_path: '/a', tls_private_key_path: '/b' },
  ],
])('accepts %s', (_, settings) => {
  expect(check(settings)).toEqual([]);
});
