/** Who is killed. */
export type Victim = 'copy' | 'store' | 'ship' | 'prune' | 'fetch' | 'database' | 'undo';

/** Counts what was killed and what was proven. */
export class Tally {
  /** Restores whose rows were counted. */
  public restores = 0;
  /** Those of them with nothing but the repository. */
  public elsewhere = 0;
  /** Restores that were undone, broken off or done. */
  public undone = 0;
  /** Times the repository was checked. */
  public checks = 0;
  /** Jobs that were run again after a kill, and succeeded. */
  public again = 0;
  /** Seconds from a kill to the next log in the repository. */
  public longestWait = 0;
  /** Seconds of a kill with all that proves it harmless. */
  public longestRound = 0;
  private readonly killed = new Map<Victim, number>();
  private readonly late = new Map<Victim, number>();
  private readonly begun = Date.now();

  public get kills(): number {
    return [...this.killed.values()].reduce((sum, count) => sum + count, 0);
  }

  /** @param hit whether it was at work: one that was done already does not count. */
  public count(victim: Victim, hit: boolean): void {
    const counts = hit ? this.killed : this.late;
    counts.set(victim, (counts.get(victim) ?? 0) + 1);
  }

  public table(): string {
    const rows = [...this.killed].sort(([a], [b]) => a.localeCompare(b));
    const line = (name: string, kills: string | number, late: string | number) =>
      `${name.padEnd(10)}${String(kills).padStart(7)}${String(late).padStart(10)}\n`;
    const minutes = ((Date.now() - this.begun) / 60_000).toFixed(1);
    return (
      line('victim', 'kills', 'too late') +
      rows.map(([victim, count]) => line(victim, count, this.late.get(victim) ?? 0)).join('') +
      line(
        'all',
        this.kills,
        [...this.late.values()].reduce((sum, count) => sum + count, 0),
      ) +
      `${this.restores} restores proven, ${this.elsewhere} of them from the repository alone; ${this.undone} undone; ` +
      `${this.checks} checks of the repository; ${this.again} jobs run again; log in the repository at most ` +
      `${this.longestWait.toFixed(1)} s after a kill; longest round ${this.longestRound.toFixed(1)} s; ${minutes} min\n`
    );
  }
}
