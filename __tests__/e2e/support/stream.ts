import { eventually } from './kubectl';
import type { Account } from './matrix';
import type { PortForward } from './port-forward';
import { Sender } from './sender';

/** A way to the server on which nothing has come through for so long is renewed, in milliseconds. */
const PATIENCE = 4000;

/** Everybody talks in every room at once. */
export class Stream {
  /** Longest time in which nothing at all was acknowledged. */
  public longestSilence = 0;
  private readonly senders: Sender[];
  private readonly running: Promise<void>[];
  private heardAt = Date.now();
  private renewedAt = Date.now();
  private count = 0;

  constructor(
    private readonly way: PortForward,
    accounts: Account[],
    rooms: string[],
  ) {
    const listener = { heard: () => this.heard(), missed: () => this.missed() };
    this.senders = accounts.flatMap((account) => rooms.map((room) => new Sender(way.url, account, room, listener)));
    this.running = this.senders.map((sender) => sender.run());
  }

  /** Waits until so many messages have been acknowledged in all. */
  public reaches(total: number, seconds = 120): Promise<true> {
    return eventually(`${total} acknowledged messages`, seconds, async () => this.count >= total);
  }

  /** Ends when every message that was begun is acknowledged. */
  public async stop(): Promise<void> {
    for (const sender of this.senders) {
      sender.stop();
    }
    await Promise.all(this.running);
  }

  /** Ends without waiting for an acknowledgement that may never come. */
  public abandon(): void {
    for (const sender of this.senders) {
      sender.abandon();
    }
  }

  public get acknowledged(): number {
    return this.count;
  }

  public get repeats(): number {
    return this.senders.reduce((sum, { repeats }) => sum + repeats, 0);
  }

  public get refusals(): string[] {
    return this.senders.flatMap(({ refusals }) => refusals);
  }

  public acknowledgedIn(room: string): string[] {
    return this.senders.filter((sender) => sender.room === room).flatMap(({ acknowledged }) => acknowledged);
  }

  private heard(): void {
    this.count++;
    this.longestSilence = Math.max(this.longestSilence, Date.now() - this.heardAt);
    this.heardAt = Date.now();
  }

  private missed(): void {
    if (Date.now() - Math.max(this.heardAt, this.renewedAt) > PATIENCE) {
      this.renewedAt = Date.now();
      this.way.renew();
    }
  }
}

/** Numbers from 0 to 1 that look like chance and are the same each time (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
