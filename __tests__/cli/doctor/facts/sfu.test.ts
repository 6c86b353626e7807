import { sfuOf } from '../../../../cli/doctor/facts/sfu';
import type { Situation } from '../../../../cli/doctor/situation';

const named = (name: string, rest: object) => ({ metadata: { name, labels: { app: name } }, ...rest });
const deployment = (env: object) =>
  named('livekit', { spec: { template: { spec: { containers: [{ env: [{ name: 'NODE_IP', ...env }] }] } } } });

function situation(deployments: object[]): Situation {
  const kinds: { [kind: string]: object[] } = {
    deployments,
    services: [
      named('livekit-media', {
        spec: {
          ports: [
            { name: 'rtc-udp', port: 30002 },
            { name: 'rtc-tcp', port: 30001 },
          ],
        },
      }),
    ],
    pods: [named('livekit', { status: { hostIP: '10.0.0.1' } })],
  };
  const get = async (kind: string, name: string) =>
    kinds[kind].find((one) => (one as ReturnType<typeof named>).metadata.name === name);
  const objects = { get, all: async (kind: string) => kinds[kind] };
  return { objects, name: (short: string) => short } as unknown as Situation;
}

it('is at the address that clients are told, or at that of its node', async () => {
  expect(await sfuOf(situation([deployment({ value: '203.0.113.7' })]))).toEqual({
    address: '203.0.113.7',
    tcpPort: 30001,
  });
  const ofNode = deployment({ valueFrom: { fieldRef: { fieldPath: 'status.hostIP' } } });
  expect(await sfuOf(situation([ofNode]))).toEqual({ address: '10.0.0.1', tcpPort: 30001 });
});

it('is nowhere when it does not run', async () => {
  const none = situation([]);
  Object.assign(none.objects, { all: async () => [] });
  expect(await sfuOf(none)).toBeUndefined();
});
