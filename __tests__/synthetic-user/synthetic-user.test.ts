import { Testing } from 'cdk8s';
import { MatrixEdge, MatrixSyntheticUser, SecretKey, SyntheticUser } from '../../lib';
import { emptyChart, synapseIn, systemIn } from '../support/parts';
import { OPTIONS } from '../support/systems';

function rendered(make: (chart: ReturnType<typeof emptyChart>, context: ReturnType<typeof contextIn>) => unknown) {
  const chart = emptyChart();
  make(chart, contextIn(chart));
  return Testing.synth(chart);
}

function contextIn(chart: ReturnType<typeof emptyChart>) {
  const system = systemIn(chart);
  const homeserver = synapseIn(chart);
  const edge = new MatrixEdge(chart, 'Edge', { system, homeserver });
  const administrator = { username: 'root', password: SecretKey.fromSecretName('admin', 'password') };
  return { system, homeserver, edge, administrator };
}

it('inCluster: renders the part with every option', () => {
  const byFactory = rendered((chart, context) =>
    SyntheticUser.inCluster(OPTIONS.syntheticUser)._render(chart, 'SyntheticUser', context),
  );
  const byHand = rendered(
    (chart, context) => new MatrixSyntheticUser(chart, 'SyntheticUser', { ...context, ...OPTIONS.syntheticUser }),
  );
  expect(byFactory).toEqual(byHand);
});

it('none: renders nothing, and requests no secret', () => {
  const without = rendered(() => undefined);
  expect(rendered((chart, context) => SyntheticUser.none()._render(chart, 'SyntheticUser', context))).toEqual(without);
});
