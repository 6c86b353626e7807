import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

/** A snapshot as `repository.snapshots()` gives it. */
export interface Snapshot {
  readonly id: string;
  readonly time: string;
  readonly tags: string[];
  readonly facts: { [name: string]: string };
}

export const SYSTEM = '7450000000000000001';

/** A set, as its tags say it. */
export function setOf(id: string, facts: { [name: string]: string | number }): { [name: string]: string } {
  const all = { timeline: 1, end: '0/1000000', system: SYSTEM, bytes: 4096, files: 0, ...facts };
  const texts = Object.entries(all).map(([name, value]) => [name, String(value)]);
  return { id, data: `data-${id}`, ...Object.fromEntries(texts) };
}

/** The snapshots of a set as a backup makes them: data, log, and last what makes it one. */
export function storedSet(id: string, time: string, spool = 'first'): Snapshot[] {
  const at = (second: number) => `${time}:0${second}.123456789Z`;
  return [
    { id: `data-${id}`, time: at(0), tags: ['data'], facts: { for: id } },
    { id: `log-${id}`, time: at(1), tags: ['wal', 'sealed'], facts: { spool, for: id } },
    { id: `set-${id}`, time: at(2), tags: ['set'], facts: setOf(id, { finished: `${time}:00Z` }) },
  ];
}

/** Log that was shipped between two sets. */
export function shipped(id: string, time: string, spool = 'first'): Snapshot {
  return { id, time: `${time}:00.5Z`, tags: ['wal'], facts: { spool } };
}

/** A folder with the log of database systems. */
export class LogFolder {
  constructor(private readonly folder: string) {}

  /** Says since when which timeline is in use, as a restore does. */
  public inUse(notes: string[], system = SYSTEM): void {
    writeFileSync(join(this.of(system), 'timelines'), notes.map((note) => `${note}\n`).join(''));
  }

  /** Archives the history of a timeline, as PostgreSQL does once it runs in it: the branches that led to it. */
  public history(timeline: number, branches: string[], system = SYSTEM): void {
    const text = branches.map((branch) => `${branch}\tno recovery target specified\n`).join('\n');
    const name = `${timeline.toString(16).toUpperCase().padStart(8, '0')}.history.gz`;
    writeFileSync(join(this.of(system), name), gzipSync(text));
  }

  private of(system: string): string {
    const path = join(this.folder, system);
    mkdirSync(path, { recursive: true });
    return path;
  }
}
