import { k8s } from '../kubernetes/k8s';
import { checkedSecretKey, type ISecretKey } from '../kubernetes/secret-key';
import { resources as amounts, type Resources } from '../kubernetes/workloads/resources';
import { configVolume, secretsVolume } from '../kubernetes/workloads/volumes';
import { PYTHON } from '../python/python';
import { SYNAPSE_IMAGE } from '../python/synapse-image';
import type { System } from '../system';

/** Port at which the program serves what it measures. */
export const METRICS = { name: 'metrics', number: 9090 };

const SECRETS = '/secrets';
const CA_FILE = 'ca.crt';

/** Settings that follow from the pod. */
export function podSettings(caCertificates?: ISecretKey) {
  return {
    passwordFile: `${SECRETS}/password`,
    ...(caCertificates ? { caFile: `${SECRETS}/${CA_FILE}` } : {}),
    port: METRICS.number,
  };
}

/** What the pod of the program depends on. */
export interface AgentPodProps {
  readonly system: System;
  readonly configMapName: string;
  readonly password: ISecretKey;
  readonly caCertificates?: ISecretKey;
  readonly resources?: Resources;
}

/** The pod of the program that uses the homeserver. */
export function agentPod(props: AgentPodProps): k8s.PodSpec {
  const { system, configMapName, password, caCertificates, resources = amounts(10, 48, 128) } = props;
  const port = k8s.IntOrString.fromString(METRICS.name);
  return system._pod({
    uid: SYNAPSE_IMAGE.uid,
    containers: [
      {
        name: 'synthetic-user',
        image: system.image(SYNAPSE_IMAGE),
        resources,
        command: ['python3', '/config/synthetic_user.py'],
        env: PYTHON,
        ports: [{ name: METRICS.name, containerPort: METRICS.number }],
        volumeMounts: [
          { name: 'config', mountPath: '/config', readOnly: true },
          { name: 'secrets', mountPath: SECRETS, readOnly: true },
        ],
        readinessProbe: { httpGet: { path: '/metrics', port }, periodSeconds: 10, timeoutSeconds: 5 },
        livenessProbe: { tcpSocket: { port }, periodSeconds: 20, timeoutSeconds: 5, failureThreshold: 6 },
      },
    ],
    volumes: [
      configVolume('config', configMapName),
      secretsVolume('secrets', {
        password,
        ...(caCertificates ? { [CA_FILE]: checkedSecretKey(caCertificates, 'caCertificates of syntheticUser') } : {}),
      }),
    ],
  });
}
