import { createHmac, randomBytes } from 'node:crypto';
import { overhear } from './overheard';

/** An answer of the server with any status. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: tests know the answers of the server.
  readonly body: any;
}

/** A user with an access token. */
export interface Account {
  readonly userId: string;
  readonly token: string;
  readonly password: string;
}

/** A Matrix client that sends requests as the platform's services do. */
export class Matrix {
  constructor(
    private readonly url: string,
    private readonly sharedSecret = '',
  ) {}

  /** Sends a request. The body is JSON, or bytes. */
  public async request(method: string, path: string, body?: unknown, token?: string): Promise<Answer> {
    const bytes = body instanceof Uint8Array;
    const answer = await fetch(`${this.url}${path}`, {
      method,
      headers: {
        ...(body === undefined ? {} : { 'Content-Type': bytes ? 'application/octet-stream' : 'application/json' }),
        ...(token ? { Authorization: `Bearer ${token}` } : {}),
      },
      body: body === undefined ? undefined : bytes ? body : JSON.stringify(body),
    });
    const text = Buffer.from(await answer.arrayBuffer());
    const json = answer.headers.get('content-type')?.startsWith('application/json');
    const said = json ? JSON.parse(text.toString()) : text;
    overhear(token, body, said);
    return { status: answer.status, headers: answer.headers, body: said };
  }

  /** As `request`, and fails unless the answer is 200. */
  public async ok(method: string, path: string, body?: unknown, token?: string): Promise<Answer['body']> {
    const answer = await this.request(method, path, body, token);
    if (answer.status !== 200) {
      throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
    }
    return answer.body;
  }

  /** Registers by the shared secret, as UserService does. */
  public async register(username: string, admin = false): Promise<Account> {
    const password = randomBytes(12).toString('hex');
    const path = '/_synapse/admin/v1/register';
    const { nonce } = await this.ok('GET', path);
    const fields = [nonce, username, password, admin ? 'admin' : 'notadmin'].join('\0');
    const mac = createHmac('sha1', this.sharedSecret).update(fields).digest('hex');
    const answer = await this.ok('POST', path, { username, password, displayName: username, admin, nonce, mac });
    return { userId: answer.user_id, token: answer.access_token, password };
  }

  /** Lifts the rate limits of a user, as an administrator. */
  public async liftLimits(userId: string, admin: Account): Promise<void> {
    const path = `/_synapse/admin/v1/users/${userId}/override_ratelimit`;
    await this.ok('POST', path, { messages_per_second: 0, burst_count: 0 }, admin.token);
  }

  /** Logs in with a password. */
  public async login(user: string, password: string): Promise<string> {
    const body = { type: 'm.login.password', user, password };
    return (await this.ok('POST', '/_matrix/client/r0/login', body)).access_token;
  }
}
