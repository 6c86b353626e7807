import { EdgeTls, Entry, MatrixApp, MatrixChart, Peer } from 'oriso-matrix';

const app = new MatrixApp();

new MatrixChart(app, 'matrix', {
  namespace: 'matrix',
  serverName: 'example.org',
  publicBaseUrl: 'https://matrix.example.org',
  edge: {
    entry: Entry.ingress({
      className: 'traefik',
      controller: Peer.namespace('traefik'),
      tls: EdgeTls.certManager('letsencrypt'),
    }),
  },
});

app.synth();
