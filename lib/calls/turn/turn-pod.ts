import { Duration } from 'cdk8s';
import { k8s } from '../../kubernetes/k8s';
import type { ISecretKey } from '../../kubernetes/secret-key';
import { resources as amounts } from '../../kubernetes/workloads/resources';
import { configVolume, podField, scratch, secretsVolume } from '../../kubernetes/workloads/volumes';
import { publicAddressEnv } from '../public-address';
import { COTURN_IMAGE } from './coturn-image';
import type { MatrixTurnProps } from './matrix-turn';

/** The ports that clients connect to, as the pod has them. */
export const LISTENERS = {
  udp: { name: 'turn-udp', number: 3478, protocol: 'UDP' },
  tcp: { name: 'turn-tcp', number: 3478, protocol: 'TCP' },
  tls: { name: 'turn-tls', number: 5349, protocol: 'TCP' },
};

const CONFIG = '/config';

/** Returns the pod of coturn. */
export function turnPod(props: MatrixTurnProps, configMapName: string, sharedSecret: ISecretKey): k8s.PodSpec {
  const { system, entry, tlsSecretName, userLifetime = Duration.hours(1) } = props;
  const health = { tcpSocket: { port: k8s.IntOrString.fromString(LISTENERS.tcp.name) } };
  const ports = [LISTENERS.udp, LISTENERS.tcp, ...(tlsSecretName ? [LISTENERS.tls] : [])];
  const mounts = [
    { name: 'config', mountPath: CONFIG, readOnly: true },
    { name: 'secrets', mountPath: '/secrets', readOnly: true },
    { name: 'database', mountPath: '/var/tmp' },
    ...(tlsSecretName ? [{ name: 'tls', mountPath: '/tls', readOnly: true }] : []),
  ];
  return system._pod({
    uid: COTURN_IMAGE.uid,
    affinity: onNode(entry._placement.nodeLabels),
    containers: [
      {
        name: 'coturn',
        image: system.image(COTURN_IMAGE),
        resources: props.resources ?? amounts(20, 32, 256),
        command: ['/bin/sh', `${CONFIG}/start-turn.sh`, `${CONFIG}/turnserver.conf`],
        env: [
          podField('POD_IP', 'status.podIP'),
          publicAddressEnv('PUBLIC_ADDRESS', entry._publicAddress),
          { name: 'REALM', value: system.serverName },
          { name: 'KEEP', value: `${userLifetime.toSeconds()}` },
        ],
        ports: ports.map(({ name, number, protocol }) => ({ name, containerPort: number, protocol })),
        // The program has this as a file capability, so it cannot be started without.
        addedCapabilities: ['NET_BIND_SERVICE'],
        startupProbe: { ...health, periodSeconds: 1, failureThreshold: 60 },
        readinessProbe: { ...health, periodSeconds: 5 },
        livenessProbe: { ...health, periodSeconds: 10 },
        volumeMounts: mounts,
      },
    ],
    volumes: [
      configVolume('config', configMapName),
      secretsVolume('secrets', { shared_secret: sharedSecret }),
      scratch('database', '8Mi', true),
      ...(tlsSecretName ? [certificateVolume(tlsSecretName)] : []),
    ],
  });
}

function certificateVolume(secretName: string): k8s.Volume {
  return secretsVolume('tls', {
    'tls.crt': { secretName, key: 'tls.crt' },
    'tls.key': { secretName, key: 'tls.key' },
  });
}

function onNode(labels: { [label: string]: string } = {}): k8s.Affinity | undefined {
  const matchExpressions = Object.entries(labels).map(([key, value]) => ({ key, operator: 'In', values: [value] }));
  return matchExpressions.length === 0
    ? undefined
    : {
        nodeAffinity: {
          requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{ matchExpressions }] },
        },
      };
}
