import { type ApiObject, Chart } from 'cdk8s';

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
