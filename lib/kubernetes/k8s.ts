/**
 * The typed objects of Kubernetes, from where they lie: the package's index loads its whole second level too, for which every
 * synthesis would pay and which cannot say what we need (see the traps in its documentation). Public signatures name only what the index has.
 */
export { Cpu } from 'cdk8s-plus-27/lib/container';
export * as k8s from 'cdk8s-plus-27/lib/imports/k8s';
