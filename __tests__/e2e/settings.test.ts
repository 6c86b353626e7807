import { type Candidate, candidates } from '../../tools/synapse-verdicts/candidates';
import { ask } from '../../tools/synapse-verdicts/probe';
import { type Verdict, Verdicts } from '../../tools/synapse-verdicts/table';
import { kubectl } from './support/kubectl';

const NAMESPACE = 'matrix-e2e-settings';
const TABLE = Verdicts.read();

/** Every so many of the cases with this outcome. */
const everyNth = (nth: number, outcome: string) =>
  candidates()
    .filter((one) => TABLE.of(one)?.outcome === outcome)
    .filter((_, i) => i % nth === 0);

beforeAll(async () => {
  await kubectl(['delete', 'namespace', NAMESPACE, '--ignore-not-found', '--wait']);
  await kubectl(['create', 'namespace', NAMESPACE]);
  await kubectl([
    'label',
    'namespace',
    NAMESPACE,
    'oriso-matrix-e2e=true',
    'pod-security.kubernetes.io/enforce=restricted',
  ]);
}, 120_000);
afterAll(() => kubectl(['delete', 'namespace', NAMESPACE, '--wait=false']));

test('the pinned Synapse gives the verdicts that are recorded', async () => {
  const sample: Candidate[] = [...everyNth(20, 'configuration'), ...everyNth(20, 'use'), ...everyNth(60, 'serves')];
  expect(sample.length).toBeGreaterThan(60);
  const verdicts: Verdict[] = [];
  const questions = sample.map(({ settings }) => ({ settings, serve: true }));
  await ask(NAMESPACE, questions, (verdict, i) => {
    verdicts[i] = verdict;
  });
  const told = (verdictOf: (candidate: Candidate, i: number) => Verdict | undefined) =>
    sample.map((one, i) => `${one.option} ${JSON.stringify(one.value)}: ${verdictOf(one, i)?.outcome}`);
  expect(told((_, i) => verdicts[i])).toEqual(told((one) => TABLE.of(one)));
}, 600_000);
