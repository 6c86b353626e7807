import { Federation, MatrixApp, MatrixChart, Peer } from './lib';

const { MATRIX_NAMESPACE = 'caritas', MATRIX_SERVER_NAME = 'caritas.local' } = process.env;
const { MATRIX_PUBLIC_BASE_URL = `https://matrix.${MATRIX_SERVER_NAME}` } = process.env;

export const app = new MatrixApp();

new MatrixChart(app, 'matrix', {
  namespace: MATRIX_NAMESPACE,
  serverName: MATRIX_SERVER_NAME,
  publicBaseUrl: MATRIX_PUBLIC_BASE_URL,
  // The platform promises it. Whoever opens a way from outside to port 8009 should know that other servers' users can then join
  // public rooms, as rooms of calls are; CLOSED is the default.
  federation: Federation.OPEN,
  // The services that make accounts and rooms. People come through the platform's proxy on the node.
  clients: [Peer.pods({ app: 'userservice' }), Peer.pods({ app: 'agencyservice' })],
});

app.synth();
