import { randomBytes } from 'node:crypto';
import { Yaml } from 'cdk8s';
import type { Authority } from './authority';
import { type Client, type Person, realm } from './keycloak-realm';
import { kubectl } from './kubectl';
import { PortForward, speaksTls } from './port-forward';
import { controllerAddress, secret } from './public-system';
import { makeNamespace, removeNamespace } from './system';

const IMAGE = 'quay.io/keycloak/keycloak:26.4.7';
const HTTP = 8080;
const HTTPS = 8443;

export interface KeycloakProps {
  /** Its certificate is of this authority, and so are those of whom it is to trust. */
  readonly authority: Authority;
  /** Host of the homeserver, which it reaches through the controller. */
  readonly homeserver: string;
  readonly clients: Client[];
  readonly people: Person[];
}

/** Keycloak itself, with its database in memory and the realm `platform`, in a namespace of its own. */
export class Keycloak {
  private readonly forwards: PortForward[] = [];

  private constructor(
    public readonly namespace: string,
    /** Of the administrator `admin`. */
    private readonly password: string,
  ) {}

  /** Starts one in `matrix-e2e-<name>-keycloak`; `ready` waits until it answers. */
  public static async start(name: string, props: KeycloakProps): Promise<Keycloak> {
    const keycloak = new Keycloak(Keycloak.namespaceOf(name), randomBytes(12).toString('hex'));
    await removeNamespace(keycloak.namespace);
    await makeNamespace(keycloak.namespace, { 'pod-security.kubernetes.io/enforce': 'restricted' });
    const objects = keycloak.objects(props, await controllerAddress());
    await kubectl(['apply', '-n', keycloak.namespace, '-f', '-'], Yaml.stringify(...objects));
    return keycloak;
  }

  public static namespaceOf(name: string): string {
    return `matrix-e2e-${name}-keycloak`;
  }

  /** As the browser and Synapse both name it. */
  public static issuerOf(name: string): string {
    return `https://keycloak.${Keycloak.namespaceOf(name)}.svc.cluster.local:${HTTPS}/realms/platform`;
  }

  public async ready(): Promise<void> {
    await kubectl(['rollout', 'status', 'deployment/keycloak', '-n', this.namespace, '--timeout=240s']);
    this.forwards.push(await PortForward.open(this.namespace, 'service/keycloak', HTTP));
    this.forwards.push(await PortForward.open(this.namespace, 'service/keycloak', HTTPS, speaksTls));
  }

  /** Where it really is, for a browser on this machine. */
  public get ways(): { [address: string]: string } {
    return { [`keycloak.${this.namespace}.svc.cluster.local:${HTTPS}`]: this.forwards[1].address };
  }

  /** Ends all sessions of somebody, as an administrator does. */
  public async logOut(username: string): Promise<void> {
    const token = await this.adminToken();
    const users = '/admin/realms/platform/users';
    const [{ id }] = await this.ask('GET', `${users}?exact=true&username=${username}`, token);
    await this.ask('POST', `${users}/${id}/logout`, token);
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

  // biome-ignore lint/suspicious/noExplicitAny: what Keycloak says is looked at by who asks.
  private async ask(method: string, path: string, token?: string, body?: URLSearchParams): Promise<any> {
    const headers = token ? { Authorization: `Bearer ${token}` } : undefined;
    const answer = await fetch(`${this.forwards[0].url}${path}`, { method, headers, body });
    const text = await answer.text();
    if (!answer.ok) {
      throw new Error(`${method} ${path}: ${answer.status} ${text}`);
    }
    return text && JSON.parse(text);
  }

  private objects(props: KeycloakProps, controller: string): object[] {
    const host = `keycloak.${this.namespace}.svc.cluster.local`;
    const { certificate, key } = props.authority.certify(host);
    const labels = { app: 'keycloak' };
    const environment = {
      KC_BOOTSTRAP_ADMIN_USERNAME: 'admin',
      KC_HEALTH_ENABLED: 'true',
      KC_DB: 'dev-mem',
      KC_CACHE: 'local',
      KC_HOSTNAME: `https://${host}:${HTTPS}`,
      KC_HTTPS_CERTIFICATE_FILE: '/files/tls.crt',
      KC_HTTPS_CERTIFICATE_KEY_FILE: '/files/tls.key',
      KC_TRUSTSTORE_PATHS: '/files/ca.crt',
      JAVA_OPTS_KC_HEAP: '-Xms128m -Xmx512m',
    };
    const files = {
      'tls.crt': certificate,
      'tls.key': key,
      'ca.crt': props.authority.certificate,
      'realm.json': JSON.stringify(realm(props.homeserver, props.clients, props.people)),
    };
    const password = { valueFrom: { secretKeyRef: { name: 'admin', key: 'password' } } };
    const container = {
      name: 'keycloak',
      image: IMAGE,
      args: ['start-dev', '--import-realm'],
      env: [
        ...Object.entries(environment).map(([name, value]) => ({ name, value })),
        { name: 'KC_BOOTSTRAP_ADMIN_PASSWORD', ...password },
      ],
      readinessProbe: { httpGet: { path: '/health/ready', port: 9000, scheme: 'HTTPS' }, periodSeconds: 2 },
      securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
      resources: { requests: { cpu: '100m', memory: '512Mi' }, limits: { memory: '1Gi' } },
      volumeMounts: [
        { name: 'files', mountPath: '/files' },
        { name: 'files', mountPath: '/opt/keycloak/data/import/realm.json', subPath: 'realm.json' },
      ],
    };
    const spec = {
      // Its variables would be taken for settings.
      enableServiceLinks: false,
      automountServiceAccountToken: false,
      terminationGracePeriodSeconds: 0,
      securityContext: { runAsUser: 1000, runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
      hostAliases: [{ ip: controller, hostnames: [props.homeserver] }],
      containers: [container],
      volumes: [{ name: 'files', secret: { secretName: 'files' } }],
    };
    return [
      secret('admin', { password: this.password }),
      secret('files', files),
      {
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        metadata: { name: 'keycloak' },
        spec: { selector: { matchLabels: labels }, template: { metadata: { labels }, spec } },
      },
      {
        apiVersion: 'v1',
        kind: 'Service',
        metadata: { name: 'keycloak' },
        spec: {
          selector: labels,
          ports: [
            { name: 'http', port: HTTP },
            { name: 'https', port: HTTPS },
          ],
        },
      },
    ];
  }
}
