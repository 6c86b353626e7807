import { EdgeTls, Entry, Federation, HomeserverConfig, MatrixApp, MatrixChart, Peer } from './lib';

const { MATRIX_NAMESPACE = 'caritas', MATRIX_SERVER_NAME = 'caritas.local' } = process.env;
const { MATRIX_PUBLIC_BASE_URL = `https://matrix.${MATRIX_SERVER_NAME}` } = process.env;

export const app = new MatrixApp();

new MatrixChart(app, 'matrix', {
  namespace: MATRIX_NAMESPACE,
  serverName: MATRIX_SERVER_NAME,
  publicBaseUrl: MATRIX_PUBLIC_BASE_URL,
  synapse: {
    // What the services of the counselling platform need of Synapse.
    config: HomeserverConfig.oriso(),
    // The platform promises it: other servers' users can join public rooms, as rooms of calls are. CLOSED is the default.
    federation: Federation.OPEN,
    // The platform's frontend loads files without a token.
    unauthenticatedMedia: true,
  },
  edge: {
    // People, and other servers, come through the cluster's Traefik.
    entry: Entry.ingress({
      className: 'traefik',
      controller: Peer.pods({ 'app.kubernetes.io/name': 'traefik' }, 'kube-system'),
      tls: EdgeTls.certManager('letsencrypt'),
    }),
    // The services that make accounts and rooms.
    allowedAdmins: [Peer.pods({ app: 'userservice' }), Peer.pods({ app: 'agencyservice' })],
  },
});

app.synth();
