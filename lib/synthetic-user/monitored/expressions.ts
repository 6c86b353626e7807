const STEPS = 'matrix_synthetic_steps_total';
const SECONDS = 'matrix_synthetic_step_seconds';

/** Returns, by step, how often the synthetic user failed, where no attempt succeeded in five minutes. */
export function stepsFailing(series: string): string {
  const tried = (result: string) => `sum by (step) (increase(${STEPS}{${series},result="${result}"}[5m]))`;
  return `(${tried('failure')} > 0 unless ${tried('success')} > 0)`;
}

/** Returns the share of the steps that failed in a window. */
export function failedSteps(series: string, window: string): string {
  const failed = `sum(rate(${STEPS}{${series},result="failure"}[${window}]))`;
  return `(${failed} / (sum(rate(${STEPS}{${series}}[${window}])) > 0))`;
}

/** Returns in how many rounds of a window the step that failed most often has failed. */
export function failedRounds(series: string, window: string): string {
  return `max(sum by (step) (increase(${STEPS}{${series},result="failure"}[${window}])))`;
}

/**
 * Returns the share of the steps that took longer than a limit, among those that succeeded in a window.
 *
 * @param limit a bound of the histogram in seconds, such as `2.5`.
 */
export function lateShare(step: string, limit: string, series: string, window: string): string {
  const matchers = `${series},step="${step}"`;
  const inTime = `sum(rate(${SECONDS}_bucket{${matchers},le="${limit}"}[${window}]))`;
  return `(1 - ${inTime} / (sum(rate(${SECONDS}_count{${matchers}}[${window}])) > 0))`;
}
