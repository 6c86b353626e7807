import { k8s } from '../k8s';

/**
 * A pod, some of whose init containers run beside those that follow and end with the pod. As plain data for an ApiObject:
 * the typed objects know only Kubernetes 1.27 and would drop the field.
 *
 * @param names the containers.
 * @throws when there is no such init container.
 * @see https://kubernetes.io/docs/concepts/workloads/pods/sidecar-containers/
 */
export function podWithSidecars(pod: k8s.PodSpec, names: string[]): { [key: string]: unknown } {
  const missing = names.find((name) => !pod.initContainers?.some((one) => one.name === name));
  if (missing) {
    throw new Error(`'${missing}' is no init container of the pod: sidecars are written among the initContainers`);
  }
  const plain = k8s.toJson_PodSpec(pod) ?? {};
  return {
    ...plain,
    initContainers: plain.initContainers?.map((one: { name: string }) =>
      names.includes(one.name) ? { ...one, restartPolicy: 'Always' } : one,
    ),
  };
}
