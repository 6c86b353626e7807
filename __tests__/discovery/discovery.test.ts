import { Duration, Testing } from 'cdk8s';
import { Discovery, type DiscoveryOptions, MatrixDiscovery, SupportRole } from '../../lib';
import { resources } from '../../lib/kubernetes/workloads/resources';
import { withFileNames } from '../support/file-names';
import { emptyChart, systemIn } from '../support/parts';

const OPTIONS: Required<DiscoveryOptions> = {
  extraClientContent: { 'org.example': true },
  supportContacts: [{ role: SupportRole.ADMIN, matrixId: '@admin:example.org' }],
  supportPage: 'https://example.org/help',
  furtherSites: [{ serverName: 'second.org', publicBaseUrl: 'https://matrix.second.org' }],
  maxAge: Duration.minutes(5),
  replicas: 3,
  resources: resources(20, 32, 128),
};

function rendered(make: (chart: ReturnType<typeof emptyChart>) => unknown) {
  const chart = emptyChart();
  make(chart);
  return Testing.synth(chart).map(withFileNames);
}

it('served: renders the part with every option, without allowed clients', () => {
  const byFactory = rendered((chart) => Discovery.served(OPTIONS)._render(chart, 'Discovery', systemIn(chart)));
  const byHand = rendered((chart) => {
    new MatrixDiscovery(chart, 'Discovery', { system: systemIn(chart), allowedClients: [], ...OPTIONS });
  });
  expect(byFactory).toEqual(byHand);
});

it('served: can be used for several systems', () => {
  const discovery = Discovery.served();
  const render = () => rendered((chart) => discovery._render(chart, 'Discovery', systemIn(chart)));
  expect(render()).toEqual(render());
});

it('none: renders nothing', () => {
  const chart = emptyChart();
  const system = systemIn(chart);
  const before = Testing.synth(chart);
  expect(Discovery.none()._render(chart, 'Discovery', system)).toBeUndefined();
  expect(Testing.synth(chart)).toEqual(before);
});
