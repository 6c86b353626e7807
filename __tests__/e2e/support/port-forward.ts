import { type ChildProcess, spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { connect } from 'node:tls';
import { eventually } from './kubectl';

/** A way from this machine to a port of a pod; comes back by itself when the pod does. */
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

  /** Begins anew: a container that is killed while its pod stays can leave kubectl hanging for ever. */
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

/** Answers plain HTTP, if only to refuse it. A proxy that has not found Synapse yet says 503. */
async function speaksHttp(port: number): Promise<void> {
  const { status } = await fetch(`http://127.0.0.1:${port}/_matrix/client/versions`, { redirect: 'manual' });
  if (status === 503) {
    throw new Error('nobody answers behind the proxy');
  }
}

/** Answers TLS, with whatever certificate. */
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
