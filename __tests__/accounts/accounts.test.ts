import { Testing } from 'cdk8s';
import { Accounts, type AccountsOptions, MatrixAccounts, SecretKey } from '../../lib';
import { resources } from '../../lib/kubernetes/workloads/resources';
import { emptyChart, systemIn } from '../support/parts';

const HOMESERVER = {
  host: 'matrix-synapse-admin',
  port: 8008,
  registrationSecret: SecretKey.fromSecretName('vault-synapse', 'registration'),
};
const OPTIONS: Required<AccountsOptions> = {
  adminUsername: 'root',
  unlimited: ['agency'],
  resources: resources(11, 33, 129),
};

function rendered(make: (chart: ReturnType<typeof emptyChart>) => unknown) {
  const chart = emptyChart();
  make(chart);
  return Testing.synth(chart);
}

it('managed: renders the part with every option', () => {
  const byFactory = rendered((chart) =>
    Accounts.managed(OPTIONS)._render(chart, 'Accounts', systemIn(chart), HOMESERVER),
  );
  const byHand = rendered((chart) => {
    new MatrixAccounts(chart, 'Accounts', { system: systemIn(chart), homeserver: HOMESERVER, ...OPTIONS });
  });
  expect(byFactory).toEqual(byHand);
});

it('none: renders nothing, and requests no secret', () => {
  const chart = emptyChart();
  const system = systemIn(chart);
  const before = Testing.synth(chart);
  expect(Accounts.none()._render(chart, 'Accounts', system, HOMESERVER)).toBeUndefined();
  expect(Testing.synth(chart)).toEqual(before);
});
