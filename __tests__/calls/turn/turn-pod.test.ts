import { Duration, Testing } from 'cdk8s';
import { type CoturnOptions, MatrixTurn, TurnEntry } from '../../../lib';
import { find, type Manifest } from '../../support/manifests';
import { emptyChart, systemIn } from '../../support/parts';

function podOf(options: Partial<CoturnOptions> = {}) {
  const chart = emptyChart();
  const entry = TurnEntry.nodePorts();
  new MatrixTurn(chart, 'Turn', { system: systemIn(chart), host: 'turn.example.org', entry, ...options });
  return find(Testing.synth(chart), 'Deployment', 'matrix-turn').spec.template.spec;
}

const mounts = (pod: Manifest) => pod.containers[0].volumeMounts.map(({ name }: Manifest) => name);

it('mounts a certificate and opens its port only where one is set', () => {
  expect(mounts(podOf())).not.toContain('tls');
  const pod = podOf({ tlsSecretName: 'turn-tls' });
  expect(mounts(pod)).toContain('tls');
  expect(pod.containers[0].ports.map(({ containerPort }: Manifest) => containerPort)).toEqual([3478, 3478, 5349]);
});

it('keeps a replaced secret as long as the credentials that were made with it', () => {
  const [{ env }] = podOf({ userLifetime: Duration.minutes(30) }).containers;
  expect(env).toContainEqual({ name: 'KEEP', value: '1800' });
});
