import type { HomeserverSettings, ListenerSettings } from '../../../../imports/homeserver';

/** Listeners that Synapse refuses, that meet on a port, or that show metrics to clients. */
export function checkListeners(settings: HomeserverSettings): string[] {
  const each = (['listeners', 'worker_listeners'] as const).flatMap((list) =>
    (settings[list] ?? []).flatMap((listener, i, all) => [
      ...checkMetrics(`${list}[${i}]`, listener),
      ...checkAddress(`${list}[${i}]`, listener),
      ...checkTwin(`${list}[${i}]`, listener, list, all.slice(0, i)),
      ...checkConsent(`${list}[${i}]`, listener, settings),
      ...checkTls(`${list}[${i}]`, listener, settings),
    ]),
  );
  return [...each, ...checkManhole(settings)];
}

function checkManhole({ manhole, listeners = [] }: HomeserverSettings): string[] {
  const twin = listeners.findIndex(({ port }) => port !== undefined && port === manhole);
  return twin < 0 ? [] : [`manhole is ${manhole}, but listeners[${twin}] has the same port: use another one`];
}

function checkMetrics(at: string, { type, resources = [] }: ListenerSettings): string[] {
  const names = resources.flatMap((resource) => resource.names ?? []);
  if (!names.includes('metrics')) return [];
  const others = names.filter((name) => name !== 'metrics');
  return [
    `${at}.resources has "metrics" on a listener of type ${type}${others.length > 0 ? ` together with ${others.join(', ')}` : ''}, but every client of the port could read the metrics: use a listener of type metrics with a port of its own`,
  ];
}

function checkAddress(at: string, { port, path }: ListenerSettings): string[] {
  if (port === undefined && path === undefined) {
    return [`${at} is a mapping, but it has neither port nor path and Synapse refuses to start: set port`];
  }
  if (port === undefined || path === undefined) return [];
  return [`${at}.path is ${JSON.stringify(path)}, but ${at}.port is set as well: remove one of them`];
}

function checkTwin(
  at: string,
  { port }: ListenerSettings,
  list: string,
  earlier: readonly ListenerSettings[],
): string[] {
  const twin = earlier.findIndex((other) => port !== undefined && other.port === port);
  return twin < 0 ? [] : [`${at}.port is ${port}, but ${list}[${twin}] has the same port: use another one`];
}

function checkConsent(
  at: string,
  { resources = [] }: ListenerSettings,
  { user_consent }: HomeserverSettings,
): string[] {
  if (user_consent || !resources.some(({ names }) => names?.includes('consent'))) return [];
  return [
    `${at}.resources has "consent", but Synapse refuses to start without user_consent: remove it, or set user_consent as well`,
  ];
}

function checkTls(at: string, { tls, port }: ListenerSettings, settings: HomeserverSettings): string[] {
  const missing = (['tls_certificate_path', 'tls_private_key_path'] as const).filter((key) => !settings[key]);
  if (tls !== true || port === undefined || missing.length === 0) return [];
  return [
    `${at}.tls is true, but Synapse refuses to start without ${missing.join(' and ')}: leave TLS to the proxy in front and remove tls, or set ${missing.join(' and ')} as well`,
  ];
}
