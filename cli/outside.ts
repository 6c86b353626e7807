import { randomBytes } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { request as plainRequest } from 'node:http';
import { request } from 'node:https';
import { createConnection, isIP } from 'node:net';
import { connect, type DetailedPeerCertificate } from 'node:tls';
import { portOfUrl } from '../lib/addresses/port';

/** Seconds to wait for a public address. */
const PATIENCE = 10;

/** What a public address answered. */
export interface PublicAnswer {
  /** 0 if there was no answer. */
  readonly status: number;
  readonly headers: { readonly [name: string]: string | string[] | undefined };
  readonly body: string;
  /** Why there was no answer. */
  readonly problem?: string;
}

/** What there is to say about an answer that is not the wanted one. */
export const answers = ({ status, problem }: PublicAnswer): string =>
  problem ? `does not answer: ${problem}` : `answers ${status}`;

/** What a host shows of its certificate. */
export interface Shown {
  /** Why clients do not trust it; undefined if they do. */
  readonly distrust?: string;
  /** Earliest end of the certificates that it sends, in milliseconds; undefined if it sends none. */
  readonly ends?: number;
}

/** Asks public addresses, as clients and other servers do. */
export class Outside {
  /** @param resolve addresses to connect to, by `host:port`. */
  constructor(private readonly resolve: ReadonlyMap<string, string>) {}

  /** Whether a host is not looked up. */
  public isGiven(host: string, port: number): boolean {
    return this.resolve.has(`${host}:${port}`);
  }

  /** Answer to a GET. It follows redirects, as clients do for discovery. */
  public async get(url: string, redirects = 3): Promise<PublicAnswer> {
    const answer = await this.ask('GET', new URL(url));
    const { location } = answer.headers;
    return redirects > 0 && answer.status >= 300 && answer.status < 400 && typeof location === 'string'
      ? this.get(new URL(location, url).href, redirects - 1)
      : answer;
  }

  /** Answer to a browser's preflight: whether a page of another origin may send a GET. */
  public preflight(url: string): Promise<PublicAnswer> {
    const headers = { Origin: 'https://page.invalid', 'Access-Control-Request-Method': 'GET' };
    return this.ask('OPTIONS', new URL(url), headers);
  }

  private ask(method: string, url: URL, headers = {}): Promise<PublicAnswer> {
    const { protocol, hostname, pathname, search, host } = url;
    const secure = protocol === 'https:';
    const to = this.placeOf(hostname, portOfUrl(url));
    const path = `${pathname}${search}`;
    const options = { ...to, method, path, headers: { Host: host, ...headers }, timeout: PATIENCE * 1000 };
    return new Promise((done) => {
      const none = (problem: string) => done({ status: 0, headers: {}, body: '', problem });
      (secure ? request : plainRequest)({ ...options, ...(secure ? nameFor(hostname) : {}) }, async (answer) => {
        const { statusCode = 0, headers } = answer;
        const chunks = await answer.toArray().catch(() => []);
        done({ status: statusCode, headers, body: Buffer.concat(chunks).toString() });
      })
        .on('timeout', () => none(`no answer within ${PATIENCE} s`))
        .on('error', ({ message }) => none(message))
        .end();
    });
  }

  /** The certificate that a host shows. @throws when nothing speaks TLS there. */
  public certificate(hostname: string, port: number): Promise<Shown> {
    const to = this.placeOf(hostname, port);
    return new Promise((done, failed) => {
      const socket = connect({ ...to, ...nameFor(hostname), rejectUnauthorized: false }, () => {
        const ends = chainOf(socket.getPeerCertificate(true)).map((one) => Date.parse(one.valid_to));
        const distrust = socket.authorized ? undefined : String(socket.authorizationError);
        socket.destroy();
        done({ distrust, ends: ends.length > 0 ? Math.min(...ends) : undefined });
      });
      socket.setTimeout(PATIENCE * 1000, () => socket.destroy(new Error(`no answer within ${PATIENCE} s`)));
      socket.on('error', failed);
    });
  }

  /** Why nothing takes a connection by TCP; undefined if something does. */
  public connect(hostname: string, port: number): Promise<string | undefined> {
    return new Promise((done) => {
      const socket = createConnection(this.placeOf(hostname, port), () => done(undefined));
      socket.setTimeout(PATIENCE * 1000, () => socket.destroy(new Error(`no answer within ${PATIENCE} s`)));
      socket.on('connect', () => socket.destroy()).on('error', ({ message }) => done(message));
    });
  }

  /** Why no STUN or TURN server answers by UDP; undefined if one does. https://datatracker.ietf.org/doc/html/rfc8489 */
  public stun(hostname: string, port: number): Promise<string | undefined> {
    const to = this.placeOf(hostname, port);
    const socket = createSocket(isIP(to.host) === 6 ? 'udp6' : 'udp4');
    // A binding request without attributes, and the cookie of the protocol.
    const asked = Buffer.concat([Buffer.from('000100002112a442', 'hex'), randomBytes(12)]);
    const found = new Promise<string | undefined>((done) => {
      socket.on('message', (answer) => answer.subarray(4, 20).equals(asked.subarray(4)) && done(undefined));
      socket.on('error', ({ message }) => done(message));
      const ask = () => socket.send(asked, to.port, to.host, (problem) => problem && done(problem.message));
      const again = setInterval(ask, 1000).unref();
      setTimeout(done, PATIENCE * 1000, `no answer within ${PATIENCE} s`).unref();
      socket.on('close', () => clearInterval(again));
      ask();
    });
    return found.finally(() => socket.close());
  }

  private placeOf(hostname: string, port: number): { host: string; port: number } {
    const given = this.resolve.get(`${hostname}:${port}`) ?? `${hostname}:${port}`;
    const [, host, at] = /^(.*):(\d+)$/.exec(given) ?? [];
    return { host: host.replace(/^\[|\]$/g, ''), port: Number(at) };
  }
}

/** The name that TLS asks for. Addresses have none. */
const nameFor = (hostname: string) => (isIP(hostname.replace(/^\[|\]$/g, '')) ? {} : { servername: hostname });

/** The certificates that a host sends. A root is its own issuer. */
function chainOf(first: DetailedPeerCertificate): DetailedPeerCertificate[] {
  const chain: DetailedPeerCertificate[] = [];
  for (let one = first; one?.valid_to && !chain.includes(one); one = one.issuerCertificate) {
    chain.push(one);
  }
  return chain;
}
