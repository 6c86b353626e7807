import { type ChildProcess, spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { connect } from 'node:tls';
import { eventually } from './kubectl';

/** A port-forward from this machine to a pod. It reconnects by itself when the pod is back. */
export class PortForward {
  private child?: ChildProcess;
  private closed = false;

  private constructor(
    private readonly namespace: string,
    private readonly target: string,
    private readonly remote: number,
    private readonly local: number,
  ) {}

  public static async open(
    namespace: string,
    target: string,
    port: number,
    answers: (port: number) => Promise<unknown> = speaksHttp,
  ): Promise<PortForward> {
    const forward = new PortForward(namespace, target, port, await freePort());
    forward.start();
    await eventually(`port-forward to ${target}:${port}`, 60, () => answers(forward.local).then(() => true));
    return forward;
  }

  public get url(): string {
    return `http://${this.address}`;
  }

  /** The same without a scheme. */
  public get address(): string {
    return `127.0.0.1:${this.local}`;
  }

  public close(): void {
    this.closed = true;
    this.child?.kill('SIGKILL');
  }

  /** Restarts it: kubectl can hang after a container of a living pod was killed. */
  public renew(): void {
    this.child?.kill('SIGKILL');
  }

  private start(): void {
    const args = ['port-forward', '-n', this.namespace, this.target, `${this.local}:${this.remote}`];
    this.child = spawn('kubectl', args, { stdio: 'ignore' });
    this.child.on('exit', () => {
      if (!this.closed) {
        setTimeout(() => this.start(), 200);
      }
    });
  }
}

/** Whether plain HTTP gets an answer, even a refusal. A proxy that has not found Synapse yet answers 503. */
async function speaksHttp(port: number): Promise<void> {
  const { status } = await fetch(`http://127.0.0.1:${port}/_matrix/client/versions`, { redirect: 'manual' });
  if (status === 503) {
    throw new Error('Synapse does not answer behind the proxy');
  }
}

/** Whether TLS gets an answer, with any certificate. */
export function speaksTls(port: number): Promise<unknown> {
  return new Promise((done, failed) => {
    const socket = connect({ port, host: '127.0.0.1', rejectUnauthorized: false }, () => done(socket.destroy()));
    socket.on('error', failed);
  });
}

async function freePort(): Promise<number> {
  return new Promise((found) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => found(port));
    });
  });
}
