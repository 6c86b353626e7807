import { type Finding, Verdict } from './check';

/** A finding with the name of its check. */
export interface Reported extends Finding {
  readonly check: string;
}

const WIDTH = 14;

/** The findings as text, one line each. */
export function asText(findings: Reported[]): string {
  const lines = findings.map(({ verdict, check, says, next }) =>
    `${verdict.padEnd(7)} ${check.padEnd(WIDTH)} ${says}${next ? ` → ${next}` : ''}`.replaceAll(/\s*\n\s*/g, ' '),
  );
  const counts = Object.values(Verdict).map(
    (one) => `${findings.filter(({ verdict }) => verdict === one).length} ${one}`,
  );
  return [...lines, counts.join(', ')].join('\n');
}

/** The findings as JSON. */
export function asJson(findings: Reported[]): string {
  return JSON.stringify({ exitCode: exitCodeOf(findings), findings }, undefined, 2);
}

/** 0: nothing failed, 1: something failed, 2: something could not be looked at. */
export function exitCodeOf(findings: Finding[]): number {
  const has = (wanted: Verdict) => findings.some(({ verdict }) => verdict === wanted);
  return has(Verdict.FAIL) ? 1 : has(Verdict.UNKNOWN) ? 2 : 0;
}
