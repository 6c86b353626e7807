/** What decides which of several pods gets a request. */
export enum WorkerBalance {
  /** The person: whose next sync finds the caches of the last one. */
  USER = 'user',
  /** The room, where the path has one. */
  ROOM = 'room',
  /** The address of the client or other server. */
  CLIENT = 'client',
}

/** Requests that a worker answers. */
export interface WorkerRoute {
  /** Regular expressions, one of which must match the path. */
  readonly paths: string[];
  /** HTTP methods. @default - all */
  readonly methods?: string[];
}

/** The pods of a worker that answers requests, as the edge sees them. */
export interface WorkerBackend {
  /** Name of the worker, such as `sync`. */
  readonly name: string;
  /** Name of the headless Service of its pods. */
  readonly host: string;
  /** Port of its pods. */
  readonly port: number;
  /** Largest number of pods. */
  readonly replicas: number;
  /** Names of its pods, of which each may write something that no other process may. @default - any pod will do */
  readonly podNames?: string[];
  /** Requests of clients that it answers. */
  readonly clientRoutes: WorkerRoute[];
  /** Requests of other servers that it answers. */
  readonly federationRoutes: WorkerRoute[];
  /** Requests of administrators that it answers. */
  readonly adminRoutes: WorkerRoute[];
  /** What decides which pod gets a request. @default - the one with the least connections */
  readonly balance?: WorkerBalance;
  /** Whether it is the media repository, which limits the thumbnails made at a time. */
  readonly media: boolean;
}
