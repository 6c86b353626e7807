import type { Account } from './matrix';

/** Hears what becomes of each try. */
interface Listener {
  /** The server has acknowledged a message. */
  heard(): void;
  /** There was no answer at all. */
  missed(): void;
}

/**
 * Says one thing after another in a room, as a client does: each message has its transaction ID, and is sent again with the
 * same one until the server acknowledges it.
 */
export class Sender {
  /** Bodies that the server has acknowledged. */
  public readonly acknowledged: string[] = [];
  /** Answers that are neither an acknowledgement nor a passing trouble; there should be none. */
  public readonly refusals: string[] = [];
  /** How often a message was sent again. */
  public repeats = 0;
  private stopped = false;
  private abandoned = false;

  constructor(
    private readonly url: string,
    private readonly account: Account,
    public readonly room: string,
    private readonly listener: Listener,
  ) {}

  /** Sends until it is stopped; what was begun is sent to its end. */
  public async run(): Promise<void> {
    for (let number = 1; !this.stopped; number++) {
      const body = `${this.account.userId} ${number}`;
      while (!(await this.isAcknowledged(body, `${this.room}-${number}`).catch(() => this.listener.missed()))) {
        if (this.abandoned) {
          return;
        }
        this.repeats++;
        await new Promise((done) => setTimeout(done, 200));
      }
      this.acknowledged.push(body);
      this.listener.heard();
    }
  }

  public stop(): void {
    this.stopped = true;
  }

  /** Stops without an end, where there is no hope of one. */
  public abandon(): void {
    this.stopped = true;
    this.abandoned = true;
  }

  private async isAcknowledged(body: string, transaction: string): Promise<boolean> {
    const path = `/_matrix/client/v3/rooms/${this.room}/send/m.room.message/${transaction}`;
    const answer = await fetch(`${this.url}${path}`, {
      method: 'PUT',
      headers: { Authorization: `Bearer ${this.account.token}`, 'Content-Type': 'application/json' },
      body: JSON.stringify({ msgtype: 'm.text', body }),
      signal: AbortSignal.timeout(5000),
    });
    const text = await answer.text();
    if (answer.status === 200) {
      return Boolean(JSON.parse(text).event_id);
    }
    if (answer.status < 500) {
      this.refusals.push(`${answer.status} ${text}`);
    }
    return false;
  }
}
