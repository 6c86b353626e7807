import { type ChildProcess, spawn } from 'node:child_process';
import { CannotLook, type Kubectl } from './kubectl';
import { remembered } from './remembered';

/** Seconds to wait for a tunnel, and for an answer through it. */
const PATIENCE = 15;

/** What a part answered. */
export interface Answer {
  readonly status: number;
  readonly body: string;
  /** Clock of the part, in milliseconds; undefined if it does not tell. */
  readonly clock?: number;
}

/**
 * Asks parts inside the cluster by `kubectl port-forward`, which network policies do not stop.
 *
 * Each tunnel is opened once, and each path asked once.
 */
export class Inside {
  private readonly tunnels = new Map<string, Promise<number>>();
  private readonly answers = new Map<string, Promise<Answer>>();
  private readonly children: ChildProcess[] = [];

  constructor(private readonly kubectl: Kubectl) {}

  /** Answer to a GET. @throws CannotLook when there is none. */
  public ask(target: string, port: number, path: string): Promise<Answer> {
    return remembered(this.answers, `${target} ${port} ${path}`, async () => {
      const local = await remembered(this.tunnels, `${target} ${port}`, () => this.open(target, port));
      try {
        const signal = AbortSignal.timeout(PATIENCE * 1000);
        const answer = await fetch(`http://127.0.0.1:${local}${path}`, { signal, redirect: 'manual' });
        const clock = Date.parse(answer.headers.get('date') ?? '');
        return { status: answer.status, body: await answer.text(), ...(clock ? { clock } : {}) };
      } catch {
        throw new CannotLook(`${target} does not answer at port ${port}`);
      }
    });
  }

  public close(): void {
    for (const child of this.children) {
      child.kill();
    }
  }

  private open(target: string, port: number): Promise<number> {
    const args = ['-n', this.kubectl.namespace, 'port-forward', '--address=127.0.0.1', target, `:${port}`];
    const child = spawn('kubectl', [...args, '--pod-running-timeout=5s'], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.children.push(child);
    return new Promise((done, failed) => {
      let said = '';
      const giveUp = () =>
        failed(
          new CannotLook(`${target} cannot be reached: ${said.trim().split('\n').at(-1) || 'it does not answer'}`),
        );
      child.stderr.on('data', (bytes) => {
        said += bytes;
      });
      child.stdout.on('data', (bytes) => {
        const [, local] = /^Forwarding from 127\.0\.0\.1:(\d+)/.exec(String(bytes)) ?? [];
        if (local) {
          done(Number(local));
        }
      });
      child.on('error', giveUp).on('close', giveUp);
      setTimeout(giveUp, PATIENCE * 1000).unref();
    });
  }
}
