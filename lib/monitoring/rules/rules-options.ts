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
   * Names of alerts that are left out.
   *
   * Synthesis fails when no part has an alert of that name.
   *
   * @default - none
   */
  readonly without?: string[];
}
