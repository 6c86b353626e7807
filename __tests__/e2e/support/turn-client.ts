import { createHash, createHmac, randomBytes } from 'node:crypto';
import { createSocket, type Socket } from 'node:dgram';

const COOKIE = 0x2112a442;
const METHODS = { allocate: 0x0003, permit: 0x0008, send: 0x0016, data: 0x0017 };
const ATTRIBUTES = { user: 6, integrity: 8, error: 9, peer: 0x12, data: 0x13, realm: 0x14, nonce: 0x15, relayed: 0x16 };

/** A username and password that Synapse would hand out. */
export function turnCredentials(secret: string, user: string, validFor = 600): { user: string; password: string } {
  const name = `${Math.floor(Date.now() / 1000) + validFor}:${user}`;
  return { user: name, password: createHmac('sha1', secret).update(name).digest('base64') };
}

/** A client of a TURN server over UDP, after RFC 5766, without what a test does not need. */
export class TurnClient {
  private readonly socket: Socket = createSocket('udp4');
  private realm = '';
  private nonce = '';
  /** Texts that arrived from peers. */
  public readonly received: string[] = [];

  constructor(
    private readonly host: string,
    private readonly port: number,
    private readonly credentials: { readonly user: string; readonly password: string },
  ) {
    this.socket.on('message', (message) => {
      if (message.readUInt16BE(0) === METHODS.data) {
        this.received.push(attributesOf(message).get(ATTRIBUTES.data)?.toString() ?? '');
      }
    });
  }

  /** Asks for a relayed address: `host:port`, or the number of the error. */
  public async allocate(): Promise<string | number> {
    const transport: [number, Buffer] = [0x19, Buffer.from([17, 0, 0, 0])];
    const refused = attributesOf(await this.ask(METHODS.allocate, [transport], false));
    this.realm = refused.get(ATTRIBUTES.realm)?.toString() ?? '';
    this.nonce = refused.get(ATTRIBUTES.nonce)?.toString() ?? '';
    const answer = attributesOf(await this.ask(METHODS.allocate, [transport]));
    return errorOf(answer) ?? addressOf(answer.get(ATTRIBUTES.relayed) ?? Buffer.alloc(8));
  }

  /** Asks to exchange data with a peer; 200, or the number of the error. */
  public async permit(peer: string): Promise<number> {
    const answer = attributesOf(await this.ask(METHODS.permit, [[ATTRIBUTES.peer, encoded(peer, 9)]]));
    return errorOf(answer) ?? 200;
  }

  /** Sends a text to a peer, which does not answer. */
  public send(peer: string, port: number, text: string): void {
    const attributes: [number, Buffer][] = [
      [ATTRIBUTES.peer, encoded(peer, port)],
      [ATTRIBUTES.data, Buffer.from(text)],
    ];
    this.socket.send(message(METHODS.send, randomBytes(12), attributes), this.port, this.host);
  }

  public close(): void {
    this.socket.close();
  }

  private ask(method: number, attributes: [number, Buffer][], signed = true): Promise<Buffer> {
    const id = randomBytes(12);
    const { user, password } = this.credentials;
    const own: [number, Buffer][] = [
      [ATTRIBUTES.user, Buffer.from(user)],
      [ATTRIBUTES.realm, Buffer.from(this.realm)],
      [ATTRIBUTES.nonce, Buffer.from(this.nonce)],
    ];
    const key = createHash('md5').update(`${user}:${this.realm}:${password}`).digest();
    const request = signed ? sign(method, id, [...attributes, ...own], key) : message(method, id, attributes);
    return new Promise((done, failed) => {
      const timer = setTimeout(() => failed(new Error(`no answer to the TURN request ${method}`)), 10_000);
      const again = setInterval(() => this.socket.send(request, this.port, this.host), 1000);
      const hear = (answer: Buffer) => {
        if (answer.subarray(8, 20).equals(id)) {
          clearTimeout(timer);
          clearInterval(again);
          this.socket.off('message', hear);
          done(answer);
        }
      };
      this.socket.on('message', hear);
      this.socket.send(request, this.port, this.host);
    });
  }
}

function message(method: number, id: Buffer, attributes: [number, Buffer][], further = 0): Buffer {
  const body = attributes.map(([type, value]) => {
    const head = Buffer.alloc(4);
    head.writeUInt16BE(type, 0);
    head.writeUInt16BE(value.length, 2);
    return Buffer.concat([head, value, Buffer.alloc((4 - (value.length % 4)) % 4)]);
  });
  const head = Buffer.alloc(8);
  head.writeUInt16BE(method, 0);
  head.writeUInt16BE(Buffer.concat(body).length + further, 2);
  head.writeUInt32BE(COOKIE, 4);
  return Buffer.concat([head, id, ...body]);
}

function sign(method: number, id: Buffer, attributes: [number, Buffer][], key: Buffer): Buffer {
  const hash = createHmac('sha1', key)
    .update(message(method, id, attributes, 24))
    .digest();
  return message(method, id, [...attributes, [ATTRIBUTES.integrity, hash]]);
}

function attributesOf(answer: Buffer): Map<number, Buffer> {
  const found = new Map<number, Buffer>();
  for (let at = 20; at + 4 <= answer.length; ) {
    const length = answer.readUInt16BE(at + 2);
    found.set(answer.readUInt16BE(at), answer.subarray(at + 4, at + 4 + length));
    at += 4 + length + ((4 - (length % 4)) % 4);
  }
  return found;
}

function errorOf(attributes: Map<number, Buffer>): number | undefined {
  const error = attributes.get(ATTRIBUTES.error);
  return error && error[2] * 100 + error[3];
}

/** An IPv4 address as TURN writes it, combined with the cookie. */
function encoded(address: string, port: number): Buffer {
  const value = Buffer.from([0, 1, 0, 0, ...address.split('.').map(Number)]);
  value.writeUInt16BE(port ^ (COOKIE >>> 16), 2);
  value.writeUInt32BE((value.readUInt32BE(4) ^ COOKIE) >>> 0, 4);
  return value;
}

function addressOf(value: Buffer): string {
  const address = (value.readUInt32BE(4) ^ COOKIE) >>> 0;
  const bytes = [24, 16, 8, 0].map((shift) => (address >>> shift) & 255);
  return `${bytes.join('.')}:${value.readUInt16BE(2) ^ (COOKIE >>> 16)}`;
}
