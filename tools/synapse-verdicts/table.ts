import { readFileSync, writeFileSync } from 'node:fs';
import type { Candidate } from './candidates';

/** File of the table, from the root of the repository: the image, then an option a line. */
export const TABLE = '__tests__/synapse/config/verdicts.jsonl';

/** What Synapse does with settings. */
export interface Verdict {
  /**
   * `serves`: it starts and serves a user. `reads`: it only read them, because our check refuses them anyway. Otherwise
   * where it gave up: `configuration`, `start`, `use`, or `log` for an error that it only logs.
   */
  readonly outcome: string;
  /** Why it gave up, in short. */
  readonly reason?: string;
}

/** An option in the table: its values by outcome, and the settings around it. */
interface Row {
  readonly option: string;
  readonly beside: object;
  readonly serves?: unknown[];
  readonly reads?: unknown[];
  /** Value, outcome and reason. */
  readonly fails?: [unknown, string, string][];
}

/** The recorded verdicts, by the settings that Synapse was given. */
export class Verdicts {
  private readonly known = new Map<string, Verdict>();

  /** @param version the image that was asked. */
  constructor(public readonly version: string) {}

  /** Those in the file. */
  public static read(path = TABLE): Verdicts {
    const [head, ...lines] = readFileSync(path, 'utf8').split('\n').filter(Boolean);
    const verdicts = new Verdicts(JSON.parse(head).synapse);
    for (const { option, beside, serves = [], reads = [], fails = [] } of lines.map((line): Row => JSON.parse(line))) {
      const note = (value: unknown, verdict: Verdict) => verdicts.known.set(keyOf({ option, value, beside }), verdict);
      for (const value of serves) note(value, { outcome: 'serves' });
      for (const value of reads) note(value, { outcome: 'reads' });
      for (const [value, outcome, reason] of fails) note(value, { outcome, reason });
    }
    return verdicts;
  }

  public of(candidate: Candidate): Verdict | undefined {
    return this.known.get(keyOf(candidate));
  }

  public note(candidate: Candidate, verdict: Verdict): void {
    this.known.set(keyOf(candidate), verdict);
  }

  /** Writes those of the candidates, which must be all known. */
  public write(candidates: readonly Candidate[], path = TABLE): void {
    const options = [...new Set(candidates.map(({ option }) => option))];
    const rows = options.map((option) => this.row(candidates.filter((one) => one.option === option)));
    const lines = [{ synapse: this.version }, ...rows].map((line) => `${JSON.stringify(line)}\n`);
    writeFileSync(path, lines.join(''));
  }

  private row(candidates: readonly Candidate[]): Row {
    const [{ option, beside }] = candidates;
    const all = candidates.flatMap((one) => {
      const verdict = this.of(one);
      return verdict ? [{ value: one.value, ...verdict }] : [];
    });
    const withOutcome = (name: string) => {
      const values = all.filter(({ outcome }) => outcome === name).map(({ value }) => value);
      return values.length > 0 ? { [name]: values } : {};
    };
    const fails = all
      .filter(({ outcome }) => outcome !== 'serves' && outcome !== 'reads')
      .map(({ value, outcome, reason = '' }): [unknown, string, string] => [value, outcome, reason]);
    return {
      option,
      beside,
      ...withOutcome('serves'),
      ...withOutcome('reads'),
      ...(fails.length > 0 ? { fails } : {}),
    };
  }
}

function keyOf({ option, value, beside }: Pick<Candidate, 'option' | 'value' | 'beside'>): string {
  return JSON.stringify([option, value, beside]);
}
