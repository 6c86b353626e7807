import type { WorkersOptions } from '../../../lib';
import { type Account, Matrix } from '../support/matrix';
import { startClient } from '../support/probe-pod';
import { System } from '../support/system';
import { type Changes, changedSystem } from '../support/system-chart';
import { type Asked, People } from './people';

const V3 = '/_matrix/client/v3';
/** Some workers can only be had where phones are notified. */
export const PUSH = { push: { enabled: true } };

const manifestOf = (namespace: string, changes: Changes) => changedSystem(namespace, { homeserver: PUSH, ...changes });

/** A system with workers, and two people of it in a room. */
export class WorkerSystem {
  public static async install(name: string, workers: WorkersOptions): Promise<WorkerSystem> {
    const system = await System.apply(name, manifestOf(`matrix-e2e-${name}`, { workers }), undefined, startClient);
    await system.workersReady();
    const secret = await system.secret('matrix-synapse-secret', 'registration_shared_secret');
    const matrix = new Matrix(await system.url('deployment/matrix-edge', 8010), secret);
    const admin = await matrix.register('admin', true);
    const [anna, bea] = [await matrix.register('anna'), await matrix.register('bea')];
    await matrix.liftLimits(anna.userId, admin);
    const { room_id: room } = await matrix.ok('POST', `${V3}/createRoom`, { invite: [bea.userId] }, anna.token);
    await matrix.ok('POST', `${V3}/join/${room}`, {}, bea.token);
    return new WorkerSystem(system, workers, matrix, anna, bea, room);
  }

  private people?: People;

  private constructor(
    public readonly system: System,
    private readonly workers: WorkersOptions,
    /** A way to one of the proxies. */
    public readonly matrix: Matrix,
    public readonly anna: Account,
    public readonly bea: Account,
    public readonly room: string,
  ) {}

  /** Its manifest, with changes. */
  public manifest(changes: Changes = {}): string {
    return manifestOf(this.system.namespace, { workers: this.workers, ...changes });
  }

  /** A new way to a proxy, for when the first has gone with its pod. */
  public async edge(): Promise<Matrix> {
    return new Matrix(await this.system.url('deployment/matrix-edge', 8010));
  }

  public async restart(name: string): Promise<void> {
    await this.system.kubectl(['rollout', 'restart', name]);
    await this.system.kubectl(['rollout', 'status', name, '--timeout=300s']);
  }

  /** From now on, people write and wait all the time. */
  public async startPeople(): Promise<void> {
    const { room, anna, bea } = this;
    this.people = await People.start(this.system, { room, token: anna.token, waiting: bea.token });
  }

  /** What people notice of something, and prints it. */
  public async noticed(what: string, act: () => Promise<unknown>): Promise<Asked[]> {
    const began = Date.now();
    await act();
    const asked = await this.busy.after(began);
    const longest = (kind: string) => Math.max(0, ...asked.filter((one) => one.kind === kind).map(({ took }) => took));
    const failed = asked.filter(({ status }) => status !== 200);
    const waits = ['GET', 'POST', 'PUT', 'upload'].map((kind) => `${kind} ${longest(kind).toFixed(1)} s`).join(', ');
    console.log(`workers: ${what}: ${failed.length} of ${asked.length} failed, the longest waits were ${waits}`);
    return failed;
  }

  /** The IDs of all messages that were acknowledged to people. Nothing is acknowledged any more. */
  public acknowledged(): string[] {
    this.busy.stop();
    return this.busy.heard.flatMap(({ event }) => (event ? [event] : []));
  }

  /** The IDs of all messages that are stored. */
  public async stored(): Promise<string[]> {
    return (await this.system.sql("SELECT event_id FROM events WHERE type = 'm.room.message'")).split('\n');
  }

  /** How many messages of people are stored, and how many different ones. */
  public async numbers(): Promise<[string, string]> {
    const number = "json::json->'content'->>'number'";
    const found = await this.system.sql(
      `SELECT count(*), count(DISTINCT (${number})) FROM event_json JOIN events USING (event_id)
       WHERE type = 'm.room.message' AND ${number} IS NOT NULL`,
    );
    return found.split('|') as [string, string];
  }

  public async remove(): Promise<void> {
    this.people?.stop();
    await this.system.remove();
  }

  private get busy(): People {
    if (!this.people) {
      throw new Error('people write and wait only after startPeople()');
    }
    return this.people;
  }
}
