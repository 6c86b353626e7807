import { randomBytes } from 'node:crypto';
import { request } from 'node:http';
import type { Duplex } from 'node:stream';
import { overhear } from './overheard';

/** A participant that is connected to the SFU, without sound or picture. */
export class SfuGuest {
  private readonly began = Date.now();
  private received = '';
  /** Milliseconds after which the SFU ended the connection. */
  public readonly ended: Promise<number>;

  private constructor(private readonly socket: Duplex) {
    // What is not read would hold up the end.
    socket.on('data', (data) => {
      this.received += data.toString('latin1');
    });
    socket.on('error', () => undefined);
    this.ended = new Promise((done) => socket.once('close', () => done(Date.now() - this.began)));
  }

  /** Connects with a token, to the edge at a URL. */
  public static join(url: string, host: string, jwt: string, method = 'GET'): Promise<SfuGuest> {
    const headers = {
      Host: host,
      'X-Forwarded-Proto': 'https',
      Connection: 'Upgrade',
      Upgrade: 'websocket',
      'Sec-WebSocket-Version': '13',
      'Sec-WebSocket-Key': randomBytes(16).toString('base64'),
    };
    const query = new URLSearchParams({ access_token: jwt, auto_subscribe: '1', protocol: '15', sdk: 'js' });
    return new Promise((done, fail) => {
      const asked = request(`${url}/livekit/sfu/rtc?${query}`, { method, headers });
      asked.once('upgrade', (_, socket, head) => {
        // The SFU speaks at once.
        socket.unshift(head);
        done(new SfuGuest(socket));
      });
      asked.once('response', ({ statusCode }) => fail(new Error(`the answer was ${statusCode}`)));
      asked.once('error', fail);
      asked.end();
    });
  }

  /** The newer token that the SFU sends to all who connect. */
  public newerToken(): string | undefined {
    const token = this.received.match(/eyJ[\w-]+\.[\w-]+\.[\w-]+/)?.[0];
    overhear(token);
    return token;
  }

  /** Whether it is still connected after some milliseconds. */
  public async staysFor(milliseconds: number): Promise<boolean> {
    return Promise.race([
      this.ended.then(() => false),
      new Promise<boolean>((done) => setTimeout(done, milliseconds, true)),
    ]);
  }

  public leave(): void {
    this.socket.destroy();
  }
}
