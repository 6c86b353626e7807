import { eventually } from './kubectl';
import type { Account } from './matrix';
import type { PortForward } from './port-forward';
import { Sender } from './sender';

/** Milliseconds without an answer after which the port-forward is renewed. */
const PATIENCE = 4000;

/** Every account sends messages in every room at once. */
export class Stream {
  /** Longest time without any acknowledgement. */
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

  /** Waits until that many messages have been acknowledged in total. */
  public reaches(total: number, seconds = 120): Promise<true> {
    return eventually(`${total} acknowledged messages`, seconds, async () => this.count >= total);
  }

  /** Stops, and waits until every sent message is acknowledged. */
  public async stop(): Promise<void> {
    for (const sender of this.senders) {
      sender.stop();
    }
    await Promise.all(this.running);
  }

  /** Stops without waiting for acknowledgements that may never come. */
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

/** Reproducible pseudo-random numbers from 0 to 1 (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
