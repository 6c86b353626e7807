import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { kubectl } from '../support/kubectl';
import { podIp, startProbe } from '../support/probe-pod';
import { type Heard, RawAnswer } from './raw-answer';

/** Destination of a request. */
export interface Listener {
  readonly host: string;
  readonly port: number;
  /** Connects over TLS, for this name, and accepts only certificates of `authority`. */
  readonly name?: string;
  readonly authority?: string;
}

/** A part of a request. */
export interface Piece {
  /** A byte for each character. */
  readonly bytes: string;
  /** Number of times. @default 1 */
  readonly times?: number;
  /** Seconds to wait before it. @default 0 */
  readonly wait?: number;
}

/** Bytes for a listener. */
export interface RawRequest {
  readonly listener: Listener;
  readonly pieces: Piece[];
  /** Seconds to wait for the first byte of an answer. @default 30 */
  readonly patience?: number;
  /** Seconds to wait after the start. @default 0 */
  readonly after?: number;
}

/** An HTTP request. */
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
 * A pod with its own address that sends bytes no library would send. Not a port-forward: `kubectl port-forward` hangs
 * for ever once a connection is cut during a transfer.
 */
export class Visitor {
  /** Label that network policies allow. */
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

  /** Sends all requests, so many at a time. */
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

  /** Runs a Python script in the pod, and returns its output. */
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
