import type { Situation } from './situation';

/** What a check says about something. */
export enum Verdict {
  OK = 'ok',
  /** Look at it on the next working day. */
  WARN = 'warn',
  /** People are affected, or data is at risk. */
  FAIL = 'fail',
  /** The doctor could not look. */
  UNKNOWN = 'unknown',
}

/** One line of the report. */
export interface Finding {
  readonly verdict: Verdict;
  readonly says: string;
  /** Command to run or page to read. */
  readonly next?: string;
}

/** Looks at one thing. What it throws as `CannotLook` is reported as unknown. */
export interface Check {
  readonly name: string;
  /** Whether it asks public addresses. @default false */
  readonly fromOutside?: boolean;
  look(situation: Situation): Promise<Finding[]>;
}

/** It is as it should be. */
export const ok = (says: string): Finding => ({ verdict: Verdict.OK, says });

/** Look at it on the next working day. */
export const warn = (says: string, next: string): Finding => ({ verdict: Verdict.WARN, says, next });

/** People are affected, or data is at risk. */
export const fail = (says: string, next: string): Finding => ({ verdict: Verdict.FAIL, says, next });

/** The doctor could not look. */
export const unknown = (says: string, next?: string): Finding => ({ verdict: Verdict.UNKNOWN, says, next });

/** The problems, or one line that says that there are none. */
export const orOk = (problems: Finding[], says: string): Finding[] => (problems.length > 0 ? problems : [ok(says)]);
