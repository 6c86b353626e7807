import { type Chart, Testing } from 'cdk8s';
import { MatrixBackups, MatrixDiscovery, patchField } from '../lib';
import { ALL_SECRETS, emptyChart, external, postgresIn, synapseIn } from './support/parts';

const SITE = { serverName: 'example.org', publicBaseUrl: 'https://matrix.example.org' };

/** Each part as someone makes it who does without MatrixChart. */
const PARTS: { [name: string]: (chart: Chart, id: string) => unknown } = {
  MatrixPostgres: (chart, id) => postgresIn(chart, {}, id),
  MatrixSynapse: (chart, id) => synapseIn(chart, { postgres: external({ database: id.toLowerCase() }) }, id),
  MatrixDiscovery: (chart, id) => new MatrixDiscovery(chart, id, { sites: [SITE] }),
  MatrixBackups: (chart, id) => {
    const postgres = postgresIn(chart, { namePrefix: `${id.toLowerCase()}-` }, `${id}Postgres`);
    const synapse = synapseIn(chart, { postgres, namePrefix: `${id.toLowerCase()}-` }, `${id}Synapse`);
    return new MatrixBackups(chart, id, { postgres, synapse, secrets: ALL_SECRETS });
  },
};

describe.each(Object.entries(PARTS))('%s', (_, make) => {
  it('needs no MatrixChart', () => {
    const chart = emptyChart();
    make(chart, 'One');
    expect(() => Testing.synth(chart)).not.toThrow();
  });

  it('fails when there are two of one name', () => {
    const chart = emptyChart();
    make(chart, 'One');
    make(chart, 'Two');
    expect(() => Testing.synth(chart)).toThrow('is made twice');
  });
});

it.each([
  ['StatefulSet', 'matrix-postgres', 'a replicated PostgreSQL is another part'],
  ['Deployment', 'matrix-synapse', 'leave 1 and Recreate, and scale by workers'],
])('%s %s fails when a patch makes it two', (kind, name, remedy) => {
  const chart = emptyChart();
  synapseIn(chart, { postgres: postgresIn(chart) });
  patchField(chart, kind, name, '/spec/replicas', 2);
  expect(() => Testing.synth(chart)).toThrow(`${kind} '${name}' in caritas has 2 replicas`);
  expect(() => Testing.synth(chart)).toThrow(remedy);
});

it('what may be more than one, or is no number of pods, may be patched', () => {
  const chart = emptyChart();
  synapseIn(chart);
  PARTS.MatrixDiscovery(chart, 'Discovery');
  patchField(chart, 'Deployment', 'matrix-synapse', '/spec/template/spec/priorityClassName', 'high');
  patchField(chart, 'Deployment', 'matrix-discovery', '/spec/replicas', 5);
  expect(() => Testing.synth(chart)).not.toThrow();
});
