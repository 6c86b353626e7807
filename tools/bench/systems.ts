// Synthesizes a number of systems in one app and prints how many milliseconds that took, loading not counted.
import { MatrixApp, MatrixChart } from '../../lib';

const count = Number(process.argv[2]);
const start = process.hrtime.bigint();
const app = new MatrixApp();
for (let index = 1; index <= count; index++) {
  const host = `n${index}.example.org`;
  new MatrixChart(app, `n${index}`, {
    namespace: `n${index}`,
    serverName: host,
    publicBaseUrl: `https://matrix.${host}`,
  });
}
app.synth();
console.log(Number(process.hrtime.bigint() - start) / 1e6);
