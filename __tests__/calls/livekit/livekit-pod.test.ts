import { Duration } from 'cdk8s';
import { LivekitEntry } from '../../../lib';
import { livekitPod, mediaPorts } from '../../../lib/calls/livekit/livekit-pod';
import { livekitProps } from '../../support/livekit';

const secret = { secretName: 'livekit-secret', key: 'api_secret' };
const entry = LivekitEntry.nodePorts({ publicAddress: '203.0.113.7' });

it('tells clients the address of its node, or the public one', () => {
  const address = (props: object) =>
    livekitPod({ ...livekitProps(), ...props }, 'config', secret).containers[0].env?.[0];
  expect(address({})?.valueFrom?.fieldRef?.fieldPath).toBe('status.hostIP');
  expect(address({ entry })).toEqual({ name: 'NODE_IP', value: '203.0.113.7' });
});

it('waits for calls to end', () => {
  const grace = (drain?: Duration) =>
    livekitPod({ ...livekitProps(), drain }, 'config', secret).terminationGracePeriodSeconds;
  expect([grace(), grace(Duration.hours(2))]).toEqual([600, 7200]);
});

it('lets clients in only after the token service had the time to open rooms again', () => {
  const [{ readinessProbe }] = livekitPod(livekitProps(), 'config', secret).containers;
  expect(readinessProbe).toMatchObject({ periodSeconds: 1, successThreshold: 2 });
});

it('has the ports that clients are told', () => {
  expect(mediaPorts({ ...livekitProps(), entry, relayPort: 30004 })).toEqual([
    { name: 'rtc-udp', number: 30002, protocol: 'UDP' },
    { name: 'rtc-tcp', number: 30001, protocol: 'TCP' },
    { name: 'relay-udp', number: 30004, protocol: 'UDP' },
  ]);
  const { ports } = livekitPod({ ...livekitProps(), entry, relayPort: 30004 }, 'config', secret).containers[0];
  expect(ports?.map(({ containerPort }) => containerPort)).toEqual([7880, 6789, 30002, 30001, 30004]);
});
