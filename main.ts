import { Federation, MatrixApp, MatrixChart, Peer } from './lib';

export const app = new MatrixApp();

new MatrixChart(app, 'matrix', {
  namespace: process.env.MATRIX_NAMESPACE ?? 'caritas',
  serverName: process.env.MATRIX_SERVER_NAME ?? 'caritas.local',
  publicBaseUrl: process.env.MATRIX_PUBLIC_BASE_URL ?? 'https://matrix.caritas.local',
  // The platform promises it; CLOSED is the default and suits a system that talks to nobody else.
  federation: Federation.OPEN,
  // The services that make accounts and rooms. People come through the platform's proxy on the node.
  clients: [Peer.pods({ app: 'userservice' }), Peer.pods({ app: 'agencyservice' })],
});

app.synth();
