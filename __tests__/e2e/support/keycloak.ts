import { randomBytes } from 'node:crypto';
import { Yaml } from 'cdk8s';
import { controllerAddress } from './controller';
import { HTTP, HTTPS, type KeycloakProps, keycloakObjects } from './keycloak-objects';
import { kubectl } from './kubectl';
import { PortForward, speaksTls } from './port-forward';
import { makeNamespace, removeNamespace } from './system';

/** A Keycloak with its database in memory and the realm `platform`, in its own namespace. */
export class Keycloak {
  private readonly forwards: PortForward[] = [];

  private constructor(
    public readonly namespace: string,
    /** Password of the administrator `admin`. */
    private readonly password: string,
  ) {}

  /** Starts one in `matrix-e2e-<name>-keycloak`. `ready` waits until it answers. */
  public static async start(name: string, props: KeycloakProps): Promise<Keycloak> {
    const keycloak = new Keycloak(Keycloak.namespaceOf(name), randomBytes(12).toString('hex'));
    await removeNamespace(keycloak.namespace);
    await makeNamespace(keycloak.namespace, { 'pod-security.kubernetes.io/enforce': 'restricted' });
    const objects = keycloakObjects(props, keycloak.host, keycloak.password, await controllerAddress());
    await kubectl(['apply', '-n', keycloak.namespace, '-f', '-'], Yaml.stringify(...objects));
    return keycloak;
  }

  public static namespaceOf(name: string): string {
    return `matrix-e2e-${name}-keycloak`;
  }

  /** Issuer of the realm, for the browser and for Synapse. */
  public static issuerOf(name: string): string {
    return `https://keycloak.${Keycloak.namespaceOf(name)}.svc.cluster.local:${HTTPS}/realms/platform`;
  }

  private get host(): string {
    return `keycloak.${this.namespace}.svc.cluster.local`;
  }

  public async ready(): Promise<void> {
    await kubectl(['rollout', 'status', 'deployment/keycloak', '-n', this.namespace, '--timeout=240s']);
    this.forwards.push(await PortForward.open(this.namespace, 'service/keycloak', HTTP));
    this.forwards.push(await PortForward.open(this.namespace, 'service/keycloak', HTTPS, speaksTls));
  }

  /** Its real address, for a browser on this machine. */
  public get ways(): { [address: string]: string } {
    return { [`${this.host}:${HTTPS}`]: this.forwards[1].address };
  }

  /** Ends a user's only session, as 'Sign out' does for an administrator. */
  public async signOut(username: string): Promise<void> {
    await this.askOf(username, 'POST', 'logout');
  }

  /** Ends each session of a user, as an administrator does. */
  public async endSessions(username: string): Promise<void> {
    for (const session of await this.sessionsOf(username)) {
      await this.ask('DELETE', `/admin/realms/platform/sessions/${session}`, await this.adminToken());
    }
  }

  /** IDs of a user's sessions, which Synapse knows too. */
  public async sessionsOf(username: string): Promise<string[]> {
    const sessions: { id: string }[] = await this.askOf(username, 'GET', 'sessions');
    return sessions.map(({ id }) => id);
  }

  /** ID of its signing key. */
  public async keyId(): Promise<string> {
    const { keys } = await this.ask('GET', '/realms/platform/protocol/openid-connect/certs');
    return keys.find(({ use }: { use: string }) => use === 'sig').kid;
  }

  public async remove(): Promise<void> {
    for (const forward of this.forwards) {
      forward.close();
    }
    await removeNamespace(this.namespace);
  }

  private async adminToken(): Promise<string> {
    const form = { grant_type: 'password', client_id: 'admin-cli', username: 'admin', password: this.password };
    const path = '/realms/master/protocol/openid-connect/token';
    return (await this.ask('POST', path, undefined, new URLSearchParams(form))).access_token;
  }

  // biome-ignore lint/suspicious/noExplicitAny: callers know the answers of Keycloak.
  private async askOf(username: string, method: string, what: string): Promise<any> {
    const token = await this.adminToken();
    const users = '/admin/realms/platform/users';
    const [{ id }] = await this.ask('GET', `${users}?exact=true&username=${username}`, token);
    return this.ask(method, `${users}/${id}/${what}`, token);
  }

  // biome-ignore lint/suspicious/noExplicitAny: as above.
  private async ask(method: string, path: string, token?: string, body?: URLSearchParams): Promise<any> {
    const headers = token ? { Authorization: `Bearer ${token}` } : undefined;
    const answer = await fetch(`${this.forwards[0].url}${path}`, { method, headers, body });
    const text = await answer.text();
    if (!answer.ok) {
      throw new Error(`${method} ${path}: ${answer.status} ${text}`);
    }
    return text && JSON.parse(text);
  }
}
