import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { kubectl } from '../support/kubectl';
import { podIp, startProbe } from '../support/probe-pod';
import { type Heard, RawAnswer } from './raw-answer';

/** Where a request goes. */
export interface Listener {
  readonly host: string;
  readonly port: number;
  /** Over TLS, for this name; certificates of `authority` alone are taken. */
  readonly name?: string;
  readonly authority?: string;
}

/** A part of what is sent. */
export interface Piece {
  /** A byte for each character. */
  readonly bytes: string;
  /** How often. @default 1 */
  readonly times?: number;
  /** Seconds before it. @default 0 */
  readonly wait?: number;
}

/** Bytes for a listener. */
export interface RawRequest {
  readonly listener: Listener;
  readonly pieces: Piece[];
  /** Seconds until the first word of an answer. @default 30 */
  readonly patience?: number;
  /** Seconds after the beginning. @default 0 */
  readonly after?: number;
}

/** What an HTTP request says. */
export interface Question {
  readonly method?: string;
  readonly path: string;
  readonly token?: string;
  readonly headers?: { [name: string]: string };
  /** JSON unless it is a string. */
  readonly body?: object | string;
}

const SCRIPT = readFileSync(join(__dirname, 'raw.py'), 'utf8');

/**
 * Somebody with an address of their own, who sends bytes that no library would send: a pod, since `kubectl port-forward` hangs for ever
 * once a connection is cut while something is under way.
 */
export class Visitor {
  /** Label by which policies let visitors in. */
  public static readonly LABELS = { app: 'visitor' };

  public static async start(namespace: string, name: string): Promise<Visitor> {
    await startProbe(namespace, name, { ...Visitor.LABELS, visitor: name });
    return new Visitor(namespace, name, await podIp(namespace, `visitor=${name}`));
  }

  private constructor(
    private readonly namespace: string,
    private readonly name: string,
    public readonly address: string,
  ) {}

  /** Sends all of them, so many at a time. */
  public async ask(requests: RawRequest[], atOnce = 16): Promise<RawAnswer[]> {
    const given = requests.map(({ listener, pieces, patience = 30, after = 0 }) => ({
      listener,
      patience,
      after,
      pieces: pieces.map(({ bytes, times = 1, wait = 0 }) => ({
        bytes: Buffer.from(bytes, 'latin1').toString('base64'),
        times,
        wait,
      })),
    }));
    const heard: Heard[] = JSON.parse(await this.python(SCRIPT, JSON.stringify(given), String(atOnce)));
    return heard.map((one) => new RawAnswer(one));
  }

  /** Runs a script of Python there, and gives what it prints. */
  public python(script: string, input: string, ...args: string[]): Promise<string> {
    return kubectl(['exec', '-i', '-n', this.namespace, this.name, '--', 'python3', '-c', script, ...args], input);
  }
}

/** The bytes of a request to a host. */
export function spoken(host: string, { method = 'GET', path, token, headers = {}, body }: Question): string {
  const content = typeof body === 'object' ? JSON.stringify(body) : (body ?? '');
  const said = {
    Host: host,
    Connection: 'close',
    'X-Forwarded-Proto': 'https',
    ...(token ? { Authorization: `Bearer ${token}` } : {}),
    ...(body === undefined ? {} : { 'Content-Type': 'application/json', 'Content-Length': String(content.length) }),
    ...headers,
  };
  const lines = Object.entries(said).map(([name, value]) => `${name}: ${value}`);
  return `${[`${method} ${path} HTTP/1.1`, ...lines].join('\r\n')}\r\n\r\n${content}`;
}
