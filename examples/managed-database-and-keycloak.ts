import { Duration } from 'cdk8s';
import {
  DatabaseTls,
  Entry,
  Federation,
  HomeserverConfig,
  MatrixApp,
  MatrixChart,
  Peer,
  Postgres,
  SecretKey,
  SecretStore,
  Secrets,
  SystemSize,
  Turn,
} from 'oriso-matrix';

const app = new MatrixApp();

new MatrixChart(app, 'matrix', {
  namespace: 'matrix',
  serverName: 'example.org',
  publicBaseUrl: 'https://matrix.example.org',
  size: SystemSize.MEDIUM,
  // The secrets lie in a vault that the External Secrets Operator reads.
  secrets: Secrets.external(SecretStore.cluster('vault'), {
    remoteKey: 'matrix/production',
    refreshInterval: Duration.minutes(15),
  }),
  // The database is managed elsewhere, with a certificate from a private CA. Its owner backs it up; the media, the secrets and the
  // configuration are backed up here.
  postgres: Postgres.external({
    host: 'db.example.org',
    credentials: SecretKey.fromSecretName('matrix-database', 'password'),
    tls: DatabaseTls.verifiedBy(SecretKey.fromSecretName('matrix-database', 'ca.crt')),
    peer: Peer.addresses('192.0.2.17/32'),
  }),
  synapse: {
    federation: Federation.allowList('partner.example'),
    oidcProviders: [
      {
        id: 'keycloak',
        name: 'Keycloak',
        issuer: 'https://keycloak.example.org/realms/platform',
        clientId: 'synapse',
        clientSecret: SecretKey.fromSecretName('matrix-keycloak', 'client-secret'),
      },
    ],
    // Any setting of homeserver.yaml, by Synapse's own name; a misspelt one fails the synthesis.
    config: HomeserverConfig.recommended().extend({ max_upload_size: '100M', rc_message: { burst_count: 400 } }),
  },
  // A TURN server that runs elsewhere.
  turn: Turn.external({
    uris: ['turn:turn.example.org?transport=udp', 'turns:turn.example.org:5349?transport=tcp'],
    sharedSecret: SecretKey.fromSecretName('matrix-turn', 'shared-secret'),
  }),
  // A Gateway that the cluster has already, with its certificates.
  edge: {
    entry: Entry.gateway({
      gatewayName: 'public',
      gatewayNamespace: 'gateways',
      controller: Peer.namespace('envoy-gateway-system'),
    }),
  },
});

app.synth();
