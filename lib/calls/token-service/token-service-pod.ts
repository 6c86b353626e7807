import { k8s } from '../../kubernetes/k8s';
import type { ISecretKey } from '../../kubernetes/secret-key';
import { apartAffinity } from '../../kubernetes/workloads/affinity';
import type { Resources } from '../../kubernetes/workloads/resources';
import { PRE_STOP_DELAY } from '../../kubernetes/workloads/rolling-deployment';
import { configVolume, secretsVolume } from '../../kubernetes/workloads/volumes';
import { PYTHON } from '../../python/python';
import { SYNAPSE_IMAGE } from '../../python/synapse-image';
import type { System } from '../../system';

/** Port of the service, on its pods and its Service. */
export const TOKENS = { name: 'http-tokens', number: 3010 };
/** Port of its metrics. */
export const METRICS = { name: 'metrics', number: 9090 };
/** Folder of its secrets. */
export const SECRETS = '/secrets';

/** What the pod depends on. */
export interface TokenServicePodProps {
  readonly system: System;
  readonly configMapName: string;
  /** Files in the folder of the secrets, which are read each time. */
  readonly secrets: { [file: string]: ISecretKey };
  readonly resources: Resources;
  /** Labels of all these pods, to spread them over the nodes. */
  readonly selector: { [key: string]: string };
}

/** The pod of the token service. */
export function tokenServicePod(props: TokenServicePodProps): k8s.PodSpec {
  const { system, configMapName, secrets, resources, selector } = props;
  const health = { httpGet: { path: '/health', port: k8s.IntOrString.fromString(TOKENS.name) }, timeoutSeconds: 5 };
  return system._pod({
    uid: SYNAPSE_IMAGE.uid,
    affinity: apartAffinity(selector),
    containers: [
      {
        name: 'token-service',
        image: system.image(SYNAPSE_IMAGE),
        resources,
        command: ['python3', '/config/token_service.py'],
        env: PYTHON,
        ports: [TOKENS, METRICS].map(({ name, number }) => ({ name, containerPort: number })),
        lifecycle: PRE_STOP_DELAY,
        volumeMounts: [
          { name: 'config', mountPath: '/config', readOnly: true },
          { name: 'secrets', mountPath: SECRETS, readOnly: true },
        ],
        startupProbe: { ...health, periodSeconds: 1, failureThreshold: 120 },
        readinessProbe: { ...health, periodSeconds: 5 },
        livenessProbe: { ...health, periodSeconds: 10, failureThreshold: 6 },
      },
    ],
    volumes: [configVolume('config', configMapName), secretsVolume('secrets', secrets)],
  });
}
