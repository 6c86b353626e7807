/**
 * The typed Kubernetes objects of cdk8s-plus, imported by their paths.
 *
 * The package's index would also load its higher-level constructs, which slow every synthesis down and lack fields
 * that are needed here. Public signatures use only types that the index exports.
 */
export { Cpu } from 'cdk8s-plus-27/lib/container';
export * as k8s from 'cdk8s-plus-27/lib/imports/k8s';
