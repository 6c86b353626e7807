import type { Construct } from 'constructs';
import { k8s } from '../k8s';
import { CONFIG_HASH, configHash } from '../metadata/config-hash';
import { type Identity, labelsOf, selectorLabels } from '../metadata/labels';

/**
 * Checks how many pods serve, and returns it.
 *
 * @param what the prop, for the message.
 * @param usual what it is when nothing is said.
 * @throws when it is no whole number from 1.
 */
export function checkedReplicas(what: string, replicas: number, usual: number): number {
  if (!Number.isInteger(replicas) || replicas < 1) {
    throw new Error(`${what} must be a whole number from 1, got ${replicas}: leave it out for ${usual}`);
  }
  return replicas;
}

/**
 * The Deployment of pods that are all alike: while it is updated there are never fewer of them than there should be.
 *
 * @param files that the pods read, for a restart when they change.
 */
export function renderReplicas(
  scope: Construct,
  identity: Identity,
  replicas: number,
  files: { [name: string]: string },
  spec: k8s.PodSpec,
): void {
  const labels = labelsOf(identity);
  new k8s.KubeDeployment(scope, 'Default', {
    metadata: { name: identity.app, labels },
    spec: {
      replicas,
      selector: { matchLabels: selectorLabels(identity) },
      strategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: k8s.IntOrString.fromNumber(0) } },
      template: { metadata: { labels, annotations: { [CONFIG_HASH]: configHash(files) } }, spec },
    },
  });
}

/** Lets nodes be drained of these pods one after the other. Of a single pod it would stop every drain: then there is none. */
export function renderDisruptionBudget(scope: Construct, identity: Identity, replicas: number): void {
  if (replicas > 1) {
    new k8s.KubePodDisruptionBudget(scope, 'Budget', {
      metadata: { name: identity.app, labels: labelsOf(identity) },
      spec: {
        maxUnavailable: k8s.IntOrString.fromNumber(1),
        selector: { matchLabels: selectorLabels(identity) },
        unhealthyPodEvictionPolicy: 'AlwaysAllow',
      },
    });
  }
}
