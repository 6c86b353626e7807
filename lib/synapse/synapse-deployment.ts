import type { Construct } from 'constructs';
import { k8s } from '../kubernetes/k8s';
import { type Identity, labelsOf, selectorLabels } from '../kubernetes/labels';
import { checkSingle } from '../kubernetes/single';

/** The Deployment of Synapse's only process. */
export function renderDeployment(
  scope: Construct,
  id: string,
  identity: Identity,
  annotations: { [key: string]: string },
  spec: k8s.PodSpec,
): void {
  const labels = labelsOf(identity);
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
