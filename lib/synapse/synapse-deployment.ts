import type { Construct } from 'constructs';
import { CONFIG_HASH, configHash, DEFAULT_CONTAINER } from '../kubernetes/config-hash';
import { k8s } from '../kubernetes/k8s';
import { type Identity, labelsOf, selectorLabels } from '../kubernetes/labels';
import { checkSingle } from '../kubernetes/single';

/**
 * The Deployment of Synapse's only process.
 *
 * @param files that the pod reads, for a restart when they change.
 */
export function renderDeployment(
  scope: Construct,
  id: string,
  identity: Identity,
  files: { [name: string]: string },
  spec: k8s.PodSpec,
): void {
  const labels = labelsOf(identity);
  const annotations = { [CONFIG_HASH]: configHash(files), [DEFAULT_CONTAINER]: 'synapse' };
  const deployment = new k8s.KubeDeployment(scope, id, {
    metadata: { name: identity.app, labels },
    spec: {
      replicas: 1,
      // The old process is gone before the new one starts: never two on one database.
      strategy: { type: 'Recreate' },
      revisionHistoryLimit: 3,
      progressDeadlineSeconds: 900,
      selector: { matchLabels: selectorLabels(identity) },
      template: { metadata: { labels, annotations }, spec },
    },
  });
  checkSingle(deployment, 'leave 1 and Recreate, and scale by workers');
}
