import { resources } from '../../lib/kubernetes/workloads/resources';
import { synapseProcess } from '../../lib/synapse/synapse-process';
import { containersOf } from '../support/manifests';
import { emptyChart, external, synapseIn, systemIn } from '../support/parts';

it('runs what comes before Synapse, which becomes it, and reads further files last', () => {
  const chart = emptyChart();
  const spec = synapseProcess({
    homeserver: synapseIn(chart),
    system: systemIn(chart),
    database: external(),
    resources: resources(1, 2, 3),
    before: ['first', 'second'],
    module: ['some.module'],
    probes: { port: 'client-api', ready: '/health', alive: '/health' },
    files: ['/tmp/last.yaml'],
    storesMedia: false,
    ports: [{ name: 'client-api', containerPort: 8008 }],
  });
  const [{ command, args }] = containersOf({ spec });
  expect(command.slice(-3)).toEqual(['first', 'second', '/start.py']);
  expect(args.slice(0, 3)).toEqual(['run', '-m', 'some.module']);
  expect(args.slice(-2)).toEqual(['-c', '/tmp/last.yaml']);
});
