import type { Authority } from './authority';
import { type Client, type Person, realm } from './keycloak-realm';
import { secret } from './public-system';

const IMAGE = 'quay.io/keycloak/keycloak:26.4.7';
/** Port of Keycloak. */
export const HTTP = 8080;
export const HTTPS = 8443;

export interface KeycloakProps {
  /** CA of its certificate, which it also trusts for others. */
  readonly authority: Authority;
  /** Host of the homeserver, reached through the controller. */
  readonly homeserver: string;
  readonly clients: Client[];
  readonly people: Person[];
}

/** The objects of Keycloak. `host` is its name, `controller` the address at which it finds the homeserver. */
export function keycloakObjects(props: KeycloakProps, host: string, password: string, controller: string): object[] {
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
  const fromSecret = { valueFrom: { secretKeyRef: { name: 'admin', key: 'password' } } };
  const container = {
    name: 'keycloak',
    image: IMAGE,
    args: ['start-dev', '--import-realm'],
    env: [
      ...Object.entries(environment).map(([name, value]) => ({ name, value })),
      { name: 'KC_BOOTSTRAP_ADMIN_PASSWORD', ...fromSecret },
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
    // Keycloak would read the variables of Services as settings.
    enableServiceLinks: false,
    automountServiceAccountToken: false,
    terminationGracePeriodSeconds: 0,
    securityContext: { runAsUser: 1000, runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
    hostAliases: [{ ip: controller, hostnames: [props.homeserver] }],
    containers: [container],
    volumes: [{ name: 'files', secret: { secretName: 'files' } }],
  };
  return [
    secret('admin', { password }),
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
