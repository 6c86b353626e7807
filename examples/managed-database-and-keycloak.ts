import { Duration } from 'cdk8s';
import {
  DatabaseTls,
  Edge,
  Federation,
  HomeserverConfig,
  MatrixApp,
  MatrixChart,
  MatrixPostgres,
  MatrixSecrets,
  Peer,
  SecretKey,
  SecretStore,
  SystemSize,
} from 'oriso-matrix';

const app = new MatrixApp();

new MatrixChart(app, 'matrix', {
  namespace: 'matrix',
  serverName: 'example.org',
  publicBaseUrl: 'https://matrix.example.org',
  size: SystemSize.MEDIUM,
  // A Gateway that the cluster has already, with its certificates.
  edge: Edge.gateway({
    gatewayName: 'public',
    gatewayNamespace: 'gateways',
    controller: Peer.namespace('envoy-gateway-system'),
  }),
  federation: Federation.allowList('partner.example'),
  // The database is managed elsewhere; its certificate is by an authority of its own.
  postgres: MatrixPostgres.external({
    host: 'db.example.org',
    credentials: SecretKey.of('matrix-database', 'password'),
    tls: DatabaseTls.verifiedBy(SecretKey.of('matrix-database', 'ca.crt')),
    peer: Peer.addresses('192.0.2.17/32'),
  }),
  // The secrets lie in a vault that the External Secrets Operator reads.
  secrets: MatrixSecrets.external(SecretStore.cluster('vault'), {
    remoteKey: 'matrix/production',
    refreshInterval: Duration.minutes(15),
  }),
  oidcProviders: [
    {
      id: 'keycloak',
      name: 'Keycloak',
      issuer: 'https://keycloak.example.org/realms/platform',
      clientId: 'synapse',
      clientSecret: SecretKey.of('matrix-keycloak', 'client-secret'),
    },
  ],
  turn: {
    uris: ['turn:turn.example.org?transport=udp', 'turns:turn.example.org:5349?transport=tcp'],
    sharedSecret: SecretKey.of('matrix-turn', 'shared-secret'),
  },
  // Any setting of homeserver.yaml, by Synapse's own name; a misspelt one fails the synthesis.
  config: HomeserverConfig.platform().extend({ max_upload_size: '100M', rc_message: { burst_count: 400 } }),
});

app.synth();
