import { randomBytes } from 'node:crypto';
import { request } from 'node:http';
import type { Duplex } from 'node:stream';

/** A participant that is connected to the SFU, without sound or picture. */
export class SfuGuest {
  private readonly began = Date.now();
  /** Milliseconds after which the SFU ended the connection. */
  public readonly ended: Promise<number>;

  private constructor(private readonly socket: Duplex) {
    // What is not read would hold up the end.
    socket.resume();
    socket.on('error', () => undefined);
    this.ended = new Promise((done) => socket.once('close', () => done(Date.now() - this.began)));
  }

  /** Connects with a token. */
  public static join(url: string, jwt: string): Promise<SfuGuest> {
    const headers = {
      Connection: 'Upgrade',
      Upgrade: 'websocket',
      'Sec-WebSocket-Version': '13',
      'Sec-WebSocket-Key': randomBytes(16).toString('base64'),
    };
    const query = new URLSearchParams({ access_token: jwt, auto_subscribe: '1', protocol: '15', sdk: 'js' });
    return new Promise((done, fail) => {
      const asked = request(`${url}/rtc?${query}`, { headers });
      asked.once('upgrade', (_, socket) => done(new SfuGuest(socket)));
      asked.once('response', ({ statusCode }) => fail(new Error(`the SFU answered ${statusCode}`)));
      asked.once('error', fail);
      asked.end();
    });
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
