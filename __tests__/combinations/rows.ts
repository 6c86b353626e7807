/** One value by name for each prop. */
export type Row = { readonly [prop: string]: string };

/** Names of the values of each prop. */
export type Choices = { readonly [prop: string]: readonly string[] };

/** Two props and their values that cannot be combined. */
export type ExcludedPair = readonly [prop: string, value: string, other: string, value: string];

/** Number of ways to complete a row that are tried; the one that covers most pairs is used. */
const CANDIDATES = 5;

/**
 * Random numbers from 0 to 1, the same for the same seed.
 *
 * @see https://github.com/bryc/code/blob/master/jshash/PRNGs.md#mulberry32
 */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** Rows of values: first those that cover every pair, then random ones; the same for the same seed. */
export class Rows {
  private readonly props: string[];
  private readonly excluded: Set<string>;
  private readonly random: () => number;

  constructor(
    private readonly choices: Choices,
    excluded: readonly ExcludedPair[],
    seed: number,
  ) {
    this.props = Object.keys(choices);
    this.excluded = new Set(excluded.map(([prop, value, other, second]) => pairKey(prop, value, other, second)));
    this.random = randomOf(seed);
  }

  /** Every pair of values that can be combined. */
  public pairs(): Set<string> {
    return new Set(
      this.props.flatMap((prop, index) =>
        this.props
          .slice(index + 1)
          .flatMap((other) =>
            this.choices[prop].flatMap((value) =>
              this.choices[other]
                .map((second) => pairKey(prop, value, other, second))
                .filter((key) => !this.excluded.has(key)),
            ),
          ),
      ),
    );
  }

  /** Rows that cover every pair, found greedily: few rows, but not the fewest. */
  public covering(): Row[] {
    const rows: Row[] = [];
    const open = this.pairs();
    while (open.size > 0) {
      const [first] = open;
      const [prop, value, other, second] = JSON.parse(first) as string[];
      const candidates = Array.from({ length: CANDIDATES }, () =>
        this.completed({ [prop]: value, [other]: second }, open),
      );
      const gains = candidates.map((row) => pairsOf(row).filter((key) => open.has(key)).length);
      const best = candidates[gains.indexOf(Math.max(...gains))];
      rows.push(best);
      for (const key of pairsOf(best)) {
        open.delete(key);
      }
    }
    return rows;
  }

  /** A random row with these values. */
  public any(start: Row = {}): Row {
    return this.completed(start);
  }

  /** Completes a row with a value for every prop, so that it covers many open pairs. */
  private completed(start: Row, open?: Set<string>): Row {
    const row: { [prop: string]: string } = { ...start };
    for (const prop of this.shuffled(this.props.filter((one) => !(one in start)))) {
      const taken = Object.entries(row);
      const allowed = this.shuffled(this.choices[prop]).filter((value) =>
        taken.every(([other, second]) => !this.excluded.has(pairKey(prop, value, other, second))),
      );
      if (allowed.length === 0) {
        throw new Error(`${prop} has no value that can be combined with ${JSON.stringify(row)}: exclude fewer pairs`);
      }
      const gains = allowed.map((value) =>
        open ? taken.filter(([other, second]) => open.has(pairKey(prop, value, other, second))).length : 0,
      );
      row[prop] = allowed[gains.indexOf(Math.max(...gains))];
    }
    return Object.fromEntries(this.props.map((prop) => [prop, row[prop]]));
  }

  private shuffled<T>(list: readonly T[]): T[] {
    const result = [...list];
    for (let index = result.length - 1; index > 0; index--) {
      const other = Math.floor(this.random() * (index + 1));
      [result[index], result[other]] = [result[other], result[index]];
    }
    return result;
  }
}

/** Every pair of values in a row. */
export function pairsOf(row: Row): string[] {
  const all = Object.entries(row);
  return all.flatMap(([prop, value], index) =>
    all.slice(index + 1).map(([other, second]) => pairKey(prop, value, other, second)),
  );
}

/** A key of a pair, the same for both orders. */
export function pairKey(prop: string, value: string, other: string, second: string): string {
  return JSON.stringify(prop < other ? [prop, value, other, second] : [other, second, prop, value]);
}
