import { spawn } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const SCRIPT = join(__dirname, '../../lib/accounts/accounts.py');

/** An account of the server that the script meets here. */
interface Known {
  password: string;
  admin: boolean;
  limits?: object;
}

describe('the Job for accounts', () => {
  let folder: string;
  let server: Server;
  let accounts: { [name: string]: Known };
  /** Requests that change something. */
  let changes: string[];
  let tokens: Set<string>;
  /** What is answered at first, whatever is asked. */
  let refusals: number[];

  const answerTo = (method: string, path: string, body: { [key: string]: never }, token: string): [number, object] => {
    const [, user, what] = /users\/%40([^%]+)%3Aexample\.org(\/override_ratelimit)?$/.exec(path) ?? [];
    if (path.endsWith('/login')) {
      const { identifier, password } = body as unknown as { identifier: { user: string }; password: string };
      if (accounts[identifier.user]?.password !== password) {
        return [403, { errcode: 'M_FORBIDDEN' }];
      }
      tokens.add(identifier.user);
      return [200, { user_id: `@${identifier.user}:example.org`, access_token: identifier.user }];
    }
    if (path.endsWith('/register') && method === 'GET') {
      return [200, { nonce: 'n' }];
    }
    if (path.endsWith('/register')) {
      const { username, password, mac } = body as { [key: string]: string };
      const expected = createHmac('sha1', 'shared').update(`n\0${username}\0${password}\0admin`).digest('hex');
      if (mac !== expected) {
        return [403, { errcode: 'M_FORBIDDEN', error: 'HMAC incorrect' }];
      }
      if (accounts[username]) {
        return [400, { errcode: 'M_USER_IN_USE' }];
      }
      changes.push(`made ${username}`);
      accounts[username] = { password, admin: true };
      tokens.add(username);
      return [200, { user_id: `@${username}:example.org`, access_token: username }];
    }
    if (path.endsWith('/logout')) {
      tokens.delete(token);
      return [200, {}];
    }
    if (!tokens.has(token) || !accounts[token].admin) {
      return [403, { errcode: 'M_FORBIDDEN' }];
    }
    if (!accounts[user]) {
      return [404, { errcode: 'M_NOT_FOUND' }];
    }
    if (what && method === 'POST') {
      changes.push(`lifted ${user}`);
      accounts[user].limits = body;
    }
    return [200, what ? (accounts[user].limits ?? {}) : {}];
  };

  const run = (serviceAccounts = '', patience = '0.3'): Promise<{ status: number | null; said: string }> => {
    const { port } = server.address() as AddressInfo;
    const child = spawn('python3', [SCRIPT], {
      env: {
        PATH: process.env.PATH,
        HOMESERVER: `http://127.0.0.1:${port}`,
        ADMIN: 'root',
        FOLDER: folder,
        SERVICE_ACCOUNTS: serviceAccounts,
        PATIENCE: patience,
      },
    });
    let said = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (bytes) => {
        said += bytes;
      });
    }
    return new Promise((done) => child.on('close', (status) => done({ status, said })));
  };

  beforeEach((done) => {
    folder = mkdtempSync(join(tmpdir(), 'accounts-'));
    writeFileSync(join(folder, 'registration_shared_secret'), 'shared\n');
    writeFileSync(join(folder, 'admin_password'), 'right');
    [accounts, changes, tokens, refusals] = [{}, [], new Set(), []];
    server = createServer((request, response) => {
      let text = '';
      request.on('data', (bytes) => {
        text += bytes;
      });
      request.on('end', () => {
        const token = (request.headers.authorization ?? '').replace('Bearer ', '');
        const body = text ? JSON.parse(text) : {};
        const refusal = refusals.shift();
        const [status, answer] = refusal
          ? [refusal, { errcode: 'M_UNKNOWN' }]
          : answerTo(request.method ?? '', request.url ?? '', body, token);
        response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(answer));
      });
    }).listen(0, '127.0.0.1', done);
  });
  afterEach((done) => {
    rmSync(folder, { recursive: true });
    server.close(done);
  });

  it('makes the administrator by the shared secret, and leaves no session', async () => {
    expect(await run()).toEqual({
      status: 0,
      said: 'accounts: @root:example.org is made, with the password of its Secret\naccounts: done\n',
    });
    expect(accounts.root).toEqual({ password: 'right', admin: true });
    expect(tokens.size).toBe(0);
  });

  it('changes nothing when it runs again', async () => {
    await run('@root:example.org');
    changes = [];
    expect(await run('@root:example.org')).toEqual({
      status: 0,
      said: 'accounts: @root:example.org is there\naccounts: done\n',
    });
    expect(changes).toEqual([]);
  });

  it('lifts the limits of the accounts that are named, and of no other', async () => {
    for (const name of ['agency', 'other', 'person']) {
      accounts[name] = { password: 'x', admin: false };
    }
    accounts.other.limits = { messages_per_second: 5, burst_count: 5 };
    expect((await run('@agency:example.org @other:example.org')).status).toBe(0);
    expect(changes).toEqual(['made root', 'lifted agency', 'lifted other']);
    expect(accounts.agency.limits).toEqual({ messages_per_second: 0, burst_count: 0 });
    expect(accounts.person.limits).toBeUndefined();
  });

  it('waits for accounts that are not there yet', async () => {
    const ended = run('@agency:example.org', '3');
    await new Promise((done) => setTimeout(done, 1000));
    accounts.agency = { password: 'x', admin: false };
    const { status, said } = await ended;
    expect(status).toBe(0);
    expect(said).toContain('waiting for @agency:example.org');
    expect(accounts.agency.limits).toBeDefined();
  });

  it('fails in the end with the names of those that never came, and has done the others', async () => {
    const { status, said } = await run('@missing:example.org @agency:example.org @root:example.org @lost:example.org');
    expect(status).toBe(1);
    expect(said).toContain('accounts: no account @missing:example.org, @agency:example.org, @lost:example.org');
    expect(changes).toEqual(['made root', 'lifted root']);
    expect(tokens.size).toBe(0);
  });

  it('fails when the account is there with another password, and says what to do', async () => {
    accounts.root = { password: 'other', admin: true };
    const { status, said } = await run();
    expect(status).toBe(1);
    expect(said).toContain(
      "the account 'root' is there and does not log in with the password of its Secret. Put the password",
    );
    expect(said).not.toContain('right');
    expect(changes).toEqual([]);
  });

  it('fails when the account is there and is no administrator', async () => {
    accounts.root = { password: 'right', admin: false };
    const { status, said } = await run('root');
    expect(status).toBe(1);
    expect(said).toContain('@root:example.org is there and is no administrator');
    expect(changes).toEqual([]);
  });

  it.each([
    ['does not answer', 503],
    ['asks to wait', 429],
  ])('waits while Synapse %s, and tries again', async (_, refusal) => {
    refusals = [refusal];
    const began = Date.now();
    const { status, said } = await run('', '1');
    expect([status, said]).toEqual([0, expect.stringContaining(`waiting for Synapse: HTTP Error ${refusal}`)]);
    expect(Date.now() - began).toBeGreaterThan(1000);
    expect(changes).toEqual(['made root']);
  });

  it('does not wait for ever', async () => {
    refusals = Array(1000).fill(503);
    expect((await run()).said).toContain('accounts: Synapse did not answer at http://127.0.0.1');
  });

  it('fails when the shared secret is another one than Synapse has', async () => {
    writeFileSync(join(folder, 'registration_shared_secret'), 'wrong');
    expect(await run()).toEqual({
      status: 1,
      said: expect.stringContaining('registration of root: 403 M_FORBIDDEN HMAC'),
    });
  });
});
