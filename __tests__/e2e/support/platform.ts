import { createHmac, randomBytes } from 'node:crypto';
import type { Answer, Matrix } from './matrix';
import { CLIENT, RoomClient } from './platform-rooms';

const ADMIN = '/_synapse/admin';
const REGISTER = `${ADMIN}/v1/register`;

/** Environment of UserService. */
export interface ServiceEnvironment {
  readonly url: string;
  readonly sharedSecret: string;
  readonly adminUsername: string;
  readonly adminPassword: string;
}

/** The calls of UserService, named as its methods. Users without a token act by one that the admin creates. */
export class UserService extends RoomClient {
  public adminToken = '';

  constructor(
    matrix: Matrix,
    protected readonly environment: ServiceEnvironment,
  ) {
    super(matrix);
  }

  /** Logs the admin in, and registers it first if that fails. Returns each step with its status. */
  public async start(): Promise<string[]> {
    const { adminUsername: name, adminPassword: password } = this.environment;
    const first = await this.login(name, password);
    const steps = [`login ${first.status}`];
    let last = first;
    if (first.status !== 200) {
      const registered = await this.register({ username: name, password, displayName: 'Admin', admin: true });
      last = await this.login(name, password);
      steps.push(`register ${registered.status}`, `login ${last.status}`);
    }
    this.adminToken = last.body.access_token;
    return steps;
  }

  /** The raw body, in which the service searches for `"nonce":"`. */
  public async nonceBody(): Promise<string> {
    return (await fetch(`${this.environment.url}${REGISTER}`)).text();
  }

  /** Registers with the shared secret, which the service also sends as bearer token. */
  public async register(
    fields: { username: string; password: string; admin: boolean } & Record<string, unknown>,
    { nonce, mac }: { nonce?: string; mac?: string } = {},
  ): Promise<Answer> {
    const { username, password, admin } = fields;
    const used = nonce ?? extractNonce(await this.nonceBody());
    const text = [used, username, password, admin ? 'admin' : 'notadmin'].join('\0');
    const right = createHmac('sha1', this.environment.sharedSecret).update(text).digest('hex');
    const body = { ...fields, nonce: used, mac: mac ?? right };
    return this.matrix.request('POST', REGISTER, body, this.environment.sharedSecret);
  }

  /** A user or consultant; the password is thrown away. */
  public async createUser(username: string, displayName = username): Promise<string> {
    const fields = { username, password: randomBytes(12).toString('hex'), displayName, admin: false };
    return must(await this.register(fields), `register ${username}`).user_id;
  }

  public login(user: string, password: string): Promise<Answer> {
    return this.matrix.request('POST', `${CLIENT}/login`, { type: 'm.login.password', user, password });
  }

  /** Lasts ten minutes for the service's own work, 55 for a browser. */
  public async loginAs(userId: string, milliseconds = 600_000): Promise<string> {
    const body = { valid_until_ms: Date.now() + milliseconds };
    return (await this.matrix.ok('POST', `${ADMIN}/v1/users/${userId}/login`, body, this.adminToken)).access_token;
  }

  public updateDisplayName(userId: string, displayname: string): Promise<Answer> {
    return this.matrix.request('PUT', `${ADMIN}/v2/users/${userId}`, { displayname }, this.adminToken);
  }

  /** One room with its last 50 events. `since` is the end of the last answer. */
  public syncRoom(id: string, token: string, timeout: number, since?: string): Promise<Answer['body']> {
    const filter = JSON.stringify({ room: { timeline: { limit: 50 }, rooms: [id] } });
    const query = new URLSearchParams({ timeout: `${timeout}`, ...(since ? { since } : {}), filter });
    return this.matrix.ok('GET', `${CLIENT}/sync?${query}`, undefined, token);
  }

  public presence(userId: string, token = this.adminToken): Promise<Answer> {
    return this.matrix.request('GET', `${CLIENT}/presence/${userId}/status`, undefined, token);
  }

  /** Uploads raw bytes, and returns `server/id` of the mxc address. */
  public async uploadFile(content: Uint8Array, token: string, type = 'application/octet-stream'): Promise<string> {
    const answer = await fetch(`${this.environment.url}/_matrix/media/r0/upload`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${token}`, 'Content-Type': type },
      body: content,
    });
    if (answer.status !== 200) {
      throw new Error(`upload: ${answer.status} ${await answer.text()}`);
    }
    return ((await answer.json()) as { content_uri: string }).content_uri.replace('mxc://', '');
  }

  public downloadFile(media: string, token?: string): Promise<Answer> {
    return this.matrix.request('GET', `/_matrix/media/r0/download/${media}`, undefined, token);
  }
}

/** The body of an answer that must be 200. */
export function must({ status, body }: Answer, what: string): Answer['body'] {
  if (status !== 200) {
    throw new Error(`${what}: ${status} ${JSON.stringify(body)}`);
  }
  return body;
}

/** Searches the text as the service does, without a JSON parser: blanks would break it. */
export function extractNonce(body: string): string {
  const start = body.indexOf('"nonce":"') + 9;
  if (start <= 8) {
    throw new Error(`no nonce in ${body}`);
  }
  return body.slice(start, body.indexOf('"', start));
}
