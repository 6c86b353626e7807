import { Duration } from 'cdk8s';
import { k8s } from '../../kubernetes/k8s';
import type { ISecretKey } from '../../kubernetes/secret-key';
import { resources as amounts } from '../../kubernetes/workloads/resources';
import { configVolume, secretEnv } from '../../kubernetes/workloads/volumes';
import { publicAddressEnv } from '../public-address';
import { API_KEY_NAME, LIVEKIT_PORTS } from './livekit-config';
import { LIVEKIT_IMAGE } from './livekit-image';
import type { MatrixLivekitProps } from './livekit-options';

/** The ports for pictures and sound, the same in the pod, in its Service and for clients. */
export function mediaPorts({ entry, relayPort }: MatrixLivekitProps) {
  return [
    { name: 'rtc-udp', number: entry._udpPort, protocol: 'UDP' },
    { name: 'rtc-tcp', number: entry._tcpPort, protocol: 'TCP' },
    ...(relayPort ? [{ name: 'relay-udp', number: relayPort, protocol: 'UDP' }] : []),
  ];
}

/** The pod of the SFU. */
export function livekitPod(props: MatrixLivekitProps, configName: string, apiSecret: ISecretKey): k8s.PodSpec {
  const { system, entry, drain = Duration.minutes(10), resources = amounts(100, 150, 1024) } = props;
  const health = { httpGet: { path: '/', port: k8s.IntOrString.fromString(LIVEKIT_PORTS.api.name) } };
  const ports = [...Object.values(LIVEKIT_PORTS), ...mediaPorts(props)];
  return system._pod({
    uid: LIVEKIT_IMAGE.uid,
    // At SIGTERM it waits until the last participant is gone.
    terminationGracePeriodSeconds: drain.toSeconds(),
    containers: [
      {
        name: 'livekit',
        image: system.image(LIVEKIT_IMAGE),
        resources,
        // A crash is known everywhere before it listens again: clients that find no room give up.
        command: ['sh', '-c', 'sleep 2 && exec /livekit-server --config /config/livekit.yaml'],
        env: [
          // Clients are told it instead of the pod's.
          publicAddressEnv('NODE_IP', entry._publicAddress),
          secretEnv('API_SECRET', apiSecret),
          // Not a file: LiveKit's has the name of the key beside its secret.
          { name: 'LIVEKIT_KEYS', value: `${API_KEY_NAME}: "$(API_SECRET)"` },
        ],
        ports: ports.map(({ number, ...port }) => ({ ...port, containerPort: number })),
        startupProbe: { ...health, periodSeconds: 1, failureThreshold: 60 },
        // Once more than needed: meanwhile the token service opens the rooms of before a restart.
        readinessProbe: { ...health, periodSeconds: 1, successThreshold: 2, failureThreshold: 15 },
        livenessProbe: { ...health, periodSeconds: 10 },
        volumeMounts: [{ name: 'config', mountPath: '/config', readOnly: true }],
      },
    ],
    volumes: [configVolume('config', configName)],
  });
}
