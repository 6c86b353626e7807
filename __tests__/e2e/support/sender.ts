import type { Account } from './matrix';

/** Receives the outcome of each try. */
interface Listener {
  /** The server has acknowledged a message. */
  heard(): void;
  /** There was no answer at all. */
  missed(): void;
}

/**
 * Sends messages in a room one after another, as a client does: each has a transaction ID, and is sent again with the
 * same one until the server acknowledges it.
 */
export class Sender {
  /** Bodies that the server has acknowledged. */
  public readonly acknowledged: string[] = [];
  /** Unexpected answers: neither an acknowledgement nor a temporary failure. */
  public readonly refusals: string[] = [];
  /** Number of times that a message was sent again. */
  public repeats = 0;
  private stopped = false;
  private abandoned = false;

  constructor(
    private readonly url: string,
    private readonly account: Account,
    public readonly room: string,
    private readonly listener: Listener,
  ) {}

  /** Sends until it is stopped, and then finishes the last message. */
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

  /** Stops without finishing the last message. */
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
