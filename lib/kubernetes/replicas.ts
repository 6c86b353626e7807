import type { Construct } from 'constructs';
import { CONFIG_HASH, configHash } from '../kubernetes/config-hash';
import { k8s } from '../kubernetes/k8s';
import { type Identity, labelsOf, selectorLabels } from '../kubernetes/labels';

/**
 * The Deployment of the proxy: of its pods one is always there.
 *
 * @param files that the pods read, for a restart when they change.
 */
export function renderProxy(
  scope: Construct,
  identity: Identity,
  replicas: number,
  files: { [name: string]: string },
  spec: k8s.PodSpec,
): void {
  const metadata = { name: identity.app, labels: labelsOf(identity) };
  const selector = { matchLabels: selectorLabels(identity) };
  const annotations = { [CONFIG_HASH]: configHash(files) };
  new k8s.KubeDeployment(scope, 'Default', {
    metadata,
    spec: {
      replicas,
      selector,
      strategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: k8s.IntOrString.fromNumber(0) } },
      template: { metadata: { labels: metadata.labels, annotations }, spec },
    },
  });
  if (replicas > 1) {
    new k8s.KubePodDisruptionBudget(scope, 'Budget', {
      metadata,
      spec: { maxUnavailable: k8s.IntOrString.fromNumber(1), selector, unhealthyPodEvictionPolicy: 'AlwaysAllow' },
    });
  }
}
