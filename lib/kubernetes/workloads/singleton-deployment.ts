import { type ApiObject, Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import { k8s } from '../k8s';
import { CONFIG_HASH, configHash, DEFAULT_CONTAINER } from '../metadata/config-hash';
import { type Identity, labelsOf, selectorLabels } from '../metadata/labels';

/**
 * Fails the synthesis when a patch has made it possible that two pods of a workload write to the same data.
 *
 * @param workload a Deployment, whose strategy must be `Recreate`, or a StatefulSet.
 * @param remedy what to do for more.
 */
export function checkSingle(workload: ApiObject, remedy: string): void {
  workload.node.addValidation({
    validate: () => {
      const { replicas, strategy } = workload.toJson().spec;
      const rolls = workload.kind === 'Deployment' && strategy?.type !== 'Recreate';
      return replicas <= 1 && !rolls
        ? []
        : [
            `${workload.kind} '${workload.name}' in ${Chart.of(workload).namespace ?? 'no namespace'} has ${replicas} replicas` +
              `${rolls ? ` and strategy ${strategy?.type}` : ''}; two of them on the same data corrupt it: ${remedy}`,
          ];
    },
  });
}

/**
 * The Deployment of one pod: the old one is gone before the new one starts, never two on the same data.
 *
 * @param files that the pod reads, for a restart when they change.
 * @param remedy what to do for more, after `leave 1 and Recreate`. @default - nothing
 */
export function renderSingle(
  scope: Construct,
  identity: Identity,
  files: { [name: string]: string },
  spec: k8s.PodSpec,
  remedy = '',
): void {
  const labels = labelsOf(identity);
  const annotations = { [CONFIG_HASH]: configHash(files), [DEFAULT_CONTAINER]: spec.containers[0].name };
  const deployment = new k8s.KubeDeployment(scope, 'Default', {
    metadata: { name: identity.app, labels },
    spec: {
      replicas: 1,
      strategy: { type: 'Recreate' },
      revisionHistoryLimit: 3,
      // A new version of Synapse may have to change the database first.
      progressDeadlineSeconds: 900,
      selector: { matchLabels: selectorLabels(identity) },
      template: { metadata: { labels, annotations }, spec },
    },
  });
  checkSingle(deployment, `leave 1 and Recreate${remedy}`);
}
