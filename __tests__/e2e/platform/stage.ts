import { randomBytes } from 'node:crypto';
import { Matrix } from '../support/matrix';
import { UserService } from '../support/platform';
import { System } from '../support/system';
import { AgencyService } from './agency-service';
import { ImpatientMatrix } from './impatient-matrix';

/** One deployment that all suites share, with the platform's services before it. Set up before the first test. */
export class Stage {
  public system!: System;
  /** URL of the admin listener, which the services use. */
  public url!: string;
  /** URL of the edge listener, which the cluster's controller uses for all other clients. */
  public edge!: string;
  public matrix!: Matrix;
  /** The federation port, where calls' token service checks OpenID tokens. */
  public federation!: Matrix;
  /** Client with the services' timeouts. */
  public services!: ImpatientMatrix;
  public users!: UserService;
  public agencies!: AgencyService;
  /** UserService's requests at its start. */
  public started!: string[];
  private count = 0;

  /** Sets the stage on a system that runs, or on a new one. */
  public async setUp(system?: System): Promise<void> {
    this.system = system ?? (await System.install('platform'));
    this.url = await this.system.url('deployment/matrix-edge', 8010);
    this.edge = await this.system.url('deployment/matrix-edge', 8080);
    this.matrix = new Matrix(this.url);
    this.federation = new Matrix(await this.system.url('deployment/matrix-edge', 8009));
    const environment = {
      url: this.url,
      sharedSecret: await this.system.secret('matrix-synapse-secret', 'registration_shared_secret'),
      adminUsername: 'caritas_admin',
      adminPassword: randomBytes(12).toString('hex'),
    };
    this.services = new ImpatientMatrix(this.url);
    this.users = new UserService(this.services, environment);
    this.started = await this.users.start();
    this.agencies = new AgencyService(this.services, environment);
    await this.agencies.start();
  }

  public async tearDown(): Promise<void> {
    await this.system?.remove();
  }

  /** An unused name: `client-7`. */
  public name(kind: string): string {
    this.count += 1;
    return `${kind}-${this.count}`;
  }

  /** Creates an account, and returns its user ID. */
  public user(kind: string): Promise<string> {
    return this.users.createUser(this.name(kind));
  }

  /** New accounts, all at once. */
  public crowd(kind: string, size: number): Promise<string[]> {
    return Promise.all(Array.from({ length: size }, () => this.user(kind)));
  }

  /** Creates an account with a token, as the platform acts for its users. */
  public async person(kind: string): Promise<Person> {
    const userId = await this.user(kind);
    return { userId, token: await this.users.loginAs(userId, 55 * 60_000) };
  }

  /** A consultant and a client in a new room. */
  public async session(): Promise<Session> {
    const [consultant, client] = [await this.person('consultant'), await this.person('client')];
    const id = await this.agencies.direct(consultant.userId, client.userId, this.name('session_'));
    return { consultant, client, id };
  }

  /** The content of a room's state. */
  // biome-ignore lint/suspicious/noExplicitAny: the test checks what the server answers.
  public state(id: string, type: string, token: string): Promise<any> {
    return this.matrix.ok('GET', `/_matrix/client/v3/rooms/${id}/state/${type}`, undefined, token);
  }

  /** The answer's Matrix error, with its status: `403 M_FORBIDDEN`. */
  public async refusal(method: string, path: string, body?: unknown, token?: string): Promise<string> {
    const answer = await this.matrix.request(method, path, body, token);
    return `${answer.status} ${answer.body.errcode}`;
  }
}

/** A user with a token that the admin requested. */
export interface Person {
  readonly userId: string;
  readonly token: string;
}

/** Two users in a conversation. */
export interface Session {
  readonly consultant: Person;
  readonly client: Person;
  /** ID of their room. */
  readonly id: string;
}
