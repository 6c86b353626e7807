import { type Check, type Finding, fail, orOk } from '../check';
import type { KubeObject } from '../facts/objects';
import { type Workload, workloadsOf } from '../facts/pods';

/** A NetworkPolicy. */
export interface Policy extends KubeObject {
  readonly spec: {
    readonly podSelector?: { readonly matchLabels?: { [key: string]: string }; readonly matchExpressions?: unknown[] };
    readonly policyTypes?: string[];
  };
}

const APPLY = 'kubectl apply -f dist/';

/** Whether a network policy holds for the pods of each workload. */
export const network: Check = {
  name: 'network',
  look: async ({ objects, name }) => {
    const policies = await objects.all<Policy>('networkpolicies');
    const all = await workloadsOf(objects);
    const problems = judgePolicies(policies, all, name('matrix-default-deny'));
    return orOk(problems, `${policies.length} network policies, at least two for each workload`);
  },
};

/** Workloads without a policy, or without one of their own. */
export function judgePolicies(policies: Policy[], workloads: Workload[], defaultDeny: string): Finding[] {
  if (policies.length === 0) {
    const says = 'there is no network policy: every pod of the cluster can connect to the database and the admin API';
    return [fail(says, APPLY)];
  }
  const rest = policies.filter(({ metadata }) => metadata.name !== defaultDeny);
  const missing = rest.length === policies.length ? [fail(`NetworkPolicy ${defaultDeny} is missing`, APPLY)] : [];
  const bare = workloads.filter(({ spec }) => !rest.some((one) => selects(one, spec.template.metadata?.labels ?? {})));
  return [...missing, ...bare.map(({ metadata }) => fail(`${metadata.name} has no network policy of its own`, APPLY))];
}

/** Whether a policy selects pods with these labels, in both directions. Expressions are not evaluated. */
function selects({ spec }: Policy, labels: { [key: string]: string }): boolean {
  const wanted = Object.entries(spec.podSelector?.matchLabels ?? {});
  return wanted.length > 0 && wanted.every(([key, value]) => labels[key] === value);
}
