import { refusals } from '../support/schemas';
import { refusedPods } from './admission';
import { checkovFindings } from './checkov';
import { type Finding, needless, unsuppressed } from './findings';
import { kubeScoreFindings } from './kube-score';
import { EXCLUDED } from './options';
import { pairsOf, type Row } from './rows';
import { SUPPRESSIONS } from './suppressions';
import { CANARY, combinedRows, combinedSystems, synthesized, WHOLE, writeSystems } from './systems';
import { BUILD } from './tools';

const SEED = Number(process.env.SEED ?? 1);
const combined = combinedRows(SEED);
/** `pairs` takes the first systems of the combinations, each of which covers as many new pairs as it can. */
const COUNT = process.env.COMBINATIONS === 'pairs' ? combined.covering().length : WHOLE;
/** Each process of a tool uses one core. */
const CORES = [0, 1];

const systems = combinedSystems(COUNT, SEED);
let findings: Finding[];

jest.setTimeout(20 * 60_000);

beforeAll(async () => {
  const shares = CORES.map(async (core) => {
    const share = [...systems.filter((_, index) => index % CORES.length === core), CANARY];
    const folder = `${BUILD}/combinations/${core}`;
    const files = writeSystems(folder, share);
    return [...(await kubeScoreFindings(share, files)), ...(await checkovFindings(share, folder))];
  });
  findings = (await Promise.all(shares)).flat();
});

const byTool = (tool: string) => findings.filter((one) => one.tool === tool);
const ours = (tool: string) => byTool(tool).filter(({ system }) => system !== CANARY.name);

it('has every pair of values that can be combined', () => {
  const seen = new Set(systems.flatMap(({ row }) => pairsOf(row)));
  expect([...combined.pairs()].filter((pair) => !seen.has(pair))).toEqual([]);
});

it.each(EXCLUDED)('excludes %s %s with %s %s only because synthesis refuses it', (...pair) => {
  const [prop, value, other, second] = pair;
  // Only this pair is allowed again, so that a refusal is due to it; some pairs are refused only with a third value.
  const others = EXCLUDED.filter((one) => String(one) !== String(pair));
  const rows = combinedRows(SEED, others);
  const refused = Array.from({ length: 300 }).some(() => isRefused(() => rows.any({ [prop]: value, [other]: second })));
  expect(refused).toBe(true);
});

/** Whether synthesis refuses the row, or other exclusions leave no such row. */
function isRefused(rowOf: () => Row): boolean {
  try {
    return synthesized(rowOf(), 'excluded').length === 0;
  } catch {
    return true;
  }
}

it("matches Kubernetes' schema", () => {
  expect(systems.flatMap(({ name, manifests }) => manifests.flatMap(refusals).map((one) => `${name}: ${one}`))).toEqual(
    [],
  );
});

describe.each(['kube-score', 'checkov'])('%s', (tool) => {
  it('has no finding without a suppression', () => {
    expect(unsuppressed(ours(tool), SUPPRESSIONS)).toEqual([]);
  });

  it('would notice a problem: it finds the insecure pod in each share', () => {
    const seen = byTool(tool).filter(({ system }) => system === CANARY.name);
    const checks = seen.map(({ check, message }) => `${check} ${message}`);
    expect(checks.filter((check) => /privileged/.test(check)).length).toBeGreaterThanOrEqual(CORES.length);
  });
});

it.each(SUPPRESSIONS)('$tool $check is still needed', (suppression) => {
  expect(needless(suppression, ours(suppression.tool))).toEqual([]);
});

(process.env.KUBECONFIG ? describe : describe.skip)('PodSecurity restricted, in the cluster', () => {
  it('refuses only the insecure pod', async () => {
    expect(await refusedPods([...systems, CANARY])).toEqual([
      expect.stringMatching(/pods "canary-\d+" is forbidden: violates PodSecurity "restricted:/),
    ]);
  });
});
