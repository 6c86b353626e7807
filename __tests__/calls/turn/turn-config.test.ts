import { BlockList } from 'node:net';
import { type CoturnOptions, TurnEntry } from '../../../lib';
import { PRIVATE_RANGES } from '../../../lib/addresses/cidr';
import { turnPlan } from '../../../lib/calls/turn/turn-config';

const OPTIONS: CoturnOptions = { host: 'turn.example.org', entry: TurnEntry.nodePorts() };
const settings = (options: Partial<CoturnOptions> = {}) =>
  turnPlan({ ...OPTIONS, ...options })
    .config.split('\n')
    .filter((line) => line && !line.startsWith('#'));

it('has ten relay ports for each expected call, and as many as quota', () => {
  const { firstRelayPort, lastRelayPort } = turnPlan({ ...OPTIONS, calls: 3 });
  expect([firstRelayPort, lastRelayPort]).toEqual([30500, 30529]);
  expect(settings({ calls: 3 })).toEqual(
    expect.arrayContaining(['min-port=30500', 'max-port=30529', 'total-quota=30']),
  );
});

it('offers TLS only with a certificate', () => {
  expect(turnPlan(OPTIONS).uris).toEqual([
    'turn:turn.example.org:30478?transport=udp',
    'turn:turn.example.org:30478?transport=tcp',
  ]);
  expect(settings()).toContain('no-tls');
  const tlsSecretName = 'turn-tls';
  expect(turnPlan({ ...OPTIONS, tlsSecretName }).uris[2]).toBe('turns:turn.example.org:30349?transport=tcp');
  expect(settings({ tlsSecretName })).toContain('cert=/tls/tls.crt');
});

it('counts the limit of a stream in bytes', () => {
  expect(settings({ maxMegabitsPerSecond: 4 })).toContain('max-bps=500000');
});

it('denies every address that is not public, and the ranges that are set', () => {
  const denied = new BlockList();
  for (const line of settings({ deniedRanges: ['8.8.8.0/24'] })) {
    const [, first, last] = /^denied-peer-ip=([\d.]+)-([\d.]+)$/.exec(line) ?? [];
    if (first) denied.addRange(first, last);
  }
  // Multicast is refused by no-multicast-peers.
  const unicast = PRIVATE_RANGES.map((range) => range.split('/')[0]).filter((address) => address !== '224.0.0.0');
  expect(unicast.filter((address) => !denied.check(address))).toEqual([]);
  expect(settings()).toContain('no-multicast-peers');
  expect([denied.check('8.8.8.8'), denied.check('8.8.4.4')]).toEqual([true, false]);
});

it('never has the shared secret', () => {
  expect(settings().filter((line) => /static-auth-secret|user=/.test(line))).toEqual([]);
  expect(settings()).toContain('use-auth-secret');
});

const near = TurnEntry.nodePorts({ firstRelayPort: 30300 });

it.each<[string, Partial<CoturnOptions>, string, string]>([
  ['the host is a URL', { host: 'turn:turn.example.org' }, "'turn:turn.example.org'", 'leave out scheme'],
  ['there are no calls', { calls: 0 }, 'calls 0', 'from 1'],
  ['the quota is a fraction', { userQuota: 1.5 }, 'userQuota 1.5', 'a whole number'],
  ['there are too many calls', { calls: 300 }, 'calls 300', 'at most 226 calls'],
  ['a port is among the relay ports', { entry: near }, 'port 30478', '30300 to 30499'],
  ['the Secret has no valid name', { tlsSecretName: 'Turn TLS' }, "'Turn TLS'", 'turn-example-org-tls'],
])('fails when %s', (_, options, value, remedy) => {
  expect(() => settings(options)).toThrow(value);
  expect(() => settings(options)).toThrow(remedy);
});
