import { Duration } from 'cdk8s';
import { LivekitEntry, type MatrixLivekitProps } from '../../../lib';
import { checkLivekit } from '../../../lib/calls/livekit/livekit-checks';
import { livekitProps } from '../../support/livekit';

const check = (props: Partial<MatrixLivekitProps>) => () => checkLivekit({ ...livekitProps(), ...props });
const entry = LivekitEntry.nodePorts({ publicAddress: '203.0.113.7' });

it('accepts the minimum, and the limits', () => {
  expect(check({})).not.toThrow();
  expect(check({ entry, relayPort: 30004, maxParticipants: 1, drain: Duration.hours(24) })).not.toThrow();
});

it('fails when the relay does not know the address that it may relay to', () => {
  expect(check({ relayPort: 30004 })).toThrow('set publicAddress of LivekitEntry.nodePorts');
});

it.each([30002, 3478, 32768])('fails when the port of the relay is taken or no node port: %d', (relayPort) => {
  expect(check({ entry, relayPort })).toThrow(`relayPort ${relayPort} is not valid: use a whole number from 30000`);
});

it('fails when the port of the relay is one of those that it relays from', () => {
  const balancer = LivekitEntry.loadBalancer({ publicAddress: '203.0.113.7' });
  expect(check({ entry: balancer, relayPort: 40_010 })).toThrow('relayPort 40010 is not valid');
});

it.each([0, 1.5])('fails when maxParticipants is %d', (maxParticipants) => {
  expect(check({ maxParticipants })).toThrow(`maxParticipants must be a whole number from 1, got ${maxParticipants}`);
});

it.each([Duration.seconds(5), Duration.hours(25)])('fails when drain is too short or too long: %s', (drain) => {
  expect(check({ drain })).toThrow('drain must be from 10 seconds to 24 hours, got');
});

it('fails when the host or the URL of the webhook is not valid', () => {
  expect(check({ publicHost: 'calls' })).toThrow("host 'calls' of calls is not a full host name");
  expect(check({ webhookUrl: 'tokens:3010' })).toThrow("webhookUrl 'tokens:3010' is not a valid URL");
});
