import { type Answer, Matrix } from '../support/matrix';

/** UserService's timeout; it waits longer for a long poll. */
const READ_TIMEOUT = 10_000;

/** A client whose calls fail when an answer takes longer than the services' timeout. */
export class ImpatientMatrix extends Matrix {
  private longest = { ms: 0, call: '' };

  public override async request(method: string, path: string, body?: unknown, token?: string): Promise<Answer> {
    const began = Date.now();
    const answer = await super.request(method, path, body, token);
    const ms = Date.now() - began;
    if (!path.includes('/sync?')) {
      if (ms > this.longest.ms) {
        this.longest = { ms, call: `${method} ${path}` };
      }
      if (ms > READ_TIMEOUT) {
        throw new Error(`${method} ${path}: the answer took ${ms} ms, after the service's timeout`);
      }
    }
    return answer;
  }

  /** The slowest call since the last time. */
  public slowest(): string {
    const { ms, call } = this.longest;
    this.longest = { ms: 0, call: '' };
    return `${ms} ms, ${call}`;
  }
}
