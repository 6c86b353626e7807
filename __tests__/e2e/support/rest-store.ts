import { randomBytes } from 'node:crypto';
import { OffSiteStore, type StoreUser } from './off-site-store';

const IMAGE = 'docker.io/restic/rest-server:0.14.0';
const APPEND_ONLY = 8000;
const FULL = 8001;

/** restic's REST server, append-only on one port and without limits on another, with one user for each. */
export class RestStore extends OffSiteStore {
  /** Known only to the append-only port. */
  public writer: StoreUser = { name: 'writer', password: password() };
  /** Known only to the other port. */
  public readonly pruner: StoreUser = { name: 'pruner', password: password() };

  /** A store in the namespace `matrix-e2e-<name>-store`, empty. */
  public static async install(name: string): Promise<RestStore> {
    const store = new RestStore(name);
    const servers = [server('append-only', APPEND_ONLY, '--append-only'), server('full', FULL, '')];
    await store.apply(servers, [APPEND_ONLY, FULL]);
    await store.know('append-only', store.writer);
    await store.know('full', store.pruner);
    return store;
  }

  /** URL at which only locks can be deleted or overwritten, as restic expects it after `rest:`. */
  public get url(): string {
    return `http://${this.host}:${APPEND_ONLY}/backups/`;
  }

  /** URL at which everything can be deleted. */
  public get fullUrl(): string {
    return `http://${this.host}:${FULL}/backups/`;
  }

  /** Changes the writer's password. The old one is refused at once. */
  public async expire(): Promise<void> {
    this.writer = { ...this.writer, password: password() };
    await this.know('append-only', this.writer);
  }

  /** Makes a server reload its users, which it otherwise does every 30 s. */
  private async know(container: string, { name, password: secret }: StoreUser): Promise<void> {
    const users = `/volume/users-${container}`;
    const command = `htpasswd -B -b "$1" "$2" "$3" && kill -HUP "$(pidof rest-server)"`;
    await this.exec(container, 'sh', '-c', command, 'sh', users, name, secret);
  }
}

function server(name: string, port: number, options: string): object {
  return {
    name,
    image: IMAGE,
    env: [
      { name: 'DATA_DIRECTORY', value: '/volume/data' },
      // On the volume, so that it outlives an outage.
      { name: 'PASSWORD_FILE', value: `/volume/users-${name}` },
      { name: 'OPTIONS', value: `--listen :${port} ${options}` },
    ],
    readinessProbe: { tcpSocket: { port }, periodSeconds: 1 },
  };
}

function password(): string {
  return randomBytes(16).toString('hex');
}
