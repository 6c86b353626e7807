import type { Duration } from 'cdk8s';

/** Options of the alerts. */
export interface RulesOptions {
  /**
   * Address of the folder with the runbooks, where the people who get the alerts can read it.
   *
   * @default - docs/runbooks, the folder in this package
   */
  readonly runbooks?: string;
  /** Further labels of every alert, such as the team that gets it. @default - none */
  readonly labels?: { [name: string]: string };
  /**
   * Time after which generated secrets should have been rotated: then `MatrixSecretOld` fires.
   *
   * It needs kube-state-metrics in the cluster, because only Kubernetes knows when a rotation ran. Also fires while
   * that does not answer.
   *
   * @default - no alert on the age of secrets
   */
  readonly rotateSecretsEvery?: Duration;
  /**
   * Names of alerts that are left out.
   *
   * Synthesis fails when no part has an alert of that name.
   *
   * @default - none
   */
  readonly without?: string[];
}
