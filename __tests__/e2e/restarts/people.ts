import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { eventually } from '../support/kubectl';
import type { System } from '../support/system';

const PROGRAM = readFileSync(join(__dirname, 'people.py'), 'utf8');

/** Kinds of requests, of which the first sync is asked only once. */
const KINDS = 6;

/** One request. Its begin is in milliseconds of this machine's clock. */
export interface Asked {
  readonly kind: string;
  readonly began: number;
  /** Seconds until the answer. */
  readonly took: number;
  /** 0 without an answer. */
  readonly status: number;
  /** The ID of a message that was sent. */
  readonly event?: string;
}

/** People in a pod who read, write and wait all the time. */
export class People {
  public readonly heard: Asked[] = [];
  private rest = '';

  private constructor(private readonly child: ChildProcess) {
    child.stdout?.on('data', (bytes) => this.hear(`${bytes}`));
  }

  /** Starts them in the pod `client`. `token` belongs to one who writes in the room, `waiting` to one who gets nothing. */
  public static async start(
    system: System,
    given: { readonly room: string; readonly token: string; readonly waiting: string },
  ): Promise<People> {
    // An address, because the name server of a busy cluster fails at times.
    const service = ['get', 'service', 'matrix-synapse-admin', '-o', 'jsonpath={.spec.clusterIP}'];
    const url = `http://${await system.kubectl(service)}:8008`;
    const args = ['exec', '-i', '-n', system.namespace, 'client', '--', 'python3', '-c', PROGRAM];
    const people = new People(spawn('kubectl', args, { stdio: ['pipe', 'pipe', 'inherit'] }));
    people.child.stdin?.write(`${JSON.stringify({ url, ...given })}\n`);
    await eventually(
      'an answer of each kind',
      60,
      async () => new Set(people.heard.map(({ kind }) => kind)).size === KINDS,
    );
    return people;
  }

  /** What was asked or answered after a moment, until what began ten seconds later is answered, whatever its kind. */
  public async after(moment: number): Promise<Asked[]> {
    // The pod has this machine's clock, or one near it.
    const end = Date.now() + 10_000;
    await eventually('an answer of each kind to what came last', 120, async () => {
      const late = this.heard.filter(({ began }) => began > end);
      return new Set(late.map(({ kind }) => kind)).size === KINDS - 1;
    });
    return this.heard.filter(({ began, took }) => began + took * 1000 >= moment && began < end);
  }

  public stop(): void {
    this.child.kill('SIGKILL');
  }

  private hear(text: string): void {
    const lines = (this.rest + text).split('\n');
    this.rest = lines.pop() ?? '';
    for (const line of lines) {
      const asked = JSON.parse(line);
      this.heard.push({ ...asked, began: asked.began * 1000 });
    }
  }
}
