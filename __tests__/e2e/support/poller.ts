import { type ChildProcess, spawn } from 'node:child_process';
import { eventually } from './kubectl';

/**
 * Asks every 50 ms, each time by a new connection. Prints when it began and ended, and the status, which is 0 without an
 * answer. Begins when the Service has an address, and keeps that: the cluster's name server may fail meanwhile.
 */
const SCRIPT = `
import socket, sys, threading, time, urllib.error, urllib.parse, urllib.request
def address_of(host):
    while True:
        try:
            return socket.gethostbyname(host)
        except socket.gaierror:
            time.sleep(0.05)
def ask(url):
    began = time.time()
    try:
        status = urllib.request.urlopen(url, timeout=10).status
    except urllib.error.HTTPError as error:
        status = error.code
    except OSError as error:
        status = "0 " + str(error)
    print(began, time.time(), status, flush=True)
url = urllib.parse.urlsplit(sys.argv[1])
url = url._replace(netloc=f"{address_of(url.hostname)}:{url.port}").geturl()
while True:
    threading.Thread(target=ask, args=(url,), daemon=True).start()
    time.sleep(0.05)
`;

/** One answer; times in milliseconds of this machine's clock. */
export interface Answer {
  readonly began: number;
  readonly status: number;
  /** The reason when the status is 0. */
  readonly why: string;
}

/** Asks an address from a pod, all the time. */
export class Poller {
  private readonly child: ChildProcess;
  private readonly lines: Answer[] = [];
  /** How far the pod's clock is behind this one's, at most. */
  private behind = Number.POSITIVE_INFINITY;
  private rest = '';

  constructor(namespace: string, pod: string, url: string) {
    this.child = spawn('kubectl', ['exec', '-n', namespace, pod, '--', 'python3', '-c', SCRIPT, url]);
    this.child.stdout?.on('data', (bytes) => this.heard(`${bytes}`));
  }

  /** Waits, and returns the answers to requests that began after a moment. A busy cluster tells them late. */
  public async since(moment: number, seconds: number): Promise<Answer[]> {
    const end = Date.now() + seconds * 1000;
    const known = () => this.lines.map(({ began, ...answer }) => ({ began: began + this.behind, ...answer }));
    await eventually('answers of the poller', seconds + 30, async () => known().some(({ began }) => began >= end));
    return known().filter(({ began }) => began >= moment);
  }

  public stop(): void {
    this.child.kill('SIGKILL');
  }

  private heard(text: string): void {
    const lines = (this.rest + text).split('\n');
    this.rest = lines.pop() ?? '';
    for (const [began, ended, status, ...why] of lines.map((line) => line.split(' '))) {
      this.behind = Math.min(this.behind, Date.now() - Number(ended) * 1000);
      this.lines.push({ began: Number(began) * 1000, status: Number(status), why: why.join(' ') });
    }
  }
}
