import type { Construct } from 'constructs';
import { k8s } from '../k8s';
import { labelsOf, systemLabels, type WorkloadLabels } from '../metadata/labels';

/**
 * Denies the pods of a system every connection that no other policy allows.
 *
 * It is the first object of a system, and has no value that the API server could refuse. So a workload whose own policy
 * is missing, late or refused reaches nothing and is reached by nothing.
 *
 * @see https://kubernetes.io/docs/concepts/services-networking/network-policies/#default-policies
 */
export class DefaultDeny extends k8s.KubeNetworkPolicy {
  constructor(scope: Construct, id: string, workload: WorkloadLabels) {
    super(scope, id, {
      metadata: { name: workload.app, labels: labelsOf(workload) },
      spec: { podSelector: { matchLabels: systemLabels(workload) }, policyTypes: ['Ingress', 'Egress'] },
    });
  }
}
