import { MatrixApp, MatrixChart, Peer } from 'oriso-matrix';

const app = new MatrixApp();

new MatrixChart(app, 'matrix', {
  namespace: 'matrix',
  serverName: 'example.org',
  publicBaseUrl: 'https://matrix.example.org',
  clients: [Peer.namespace('ingress')],
});

app.synth();
