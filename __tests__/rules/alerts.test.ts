import { callGroups, groupsIn, replicatedSystem, watchedSystem } from '../support/alerts';
import { BACKUPS } from './backups-cases';
import { CALL_TOKENS } from './call-tokens-cases';
import { CALLS } from './calls-cases';
import type { Case } from './cases';
import { DATABASE } from './database-cases';
import { EDGE } from './edge-cases';
import { POSTGRES } from './postgres-cases';
import { complaints, promtool } from './promtool';
import { SECRETS } from './secrets-cases';
import { FEDERATION, SYNAPSE } from './synapse-cases';
import { SYNTHETIC_USER } from './synthetic-user-cases';
import { UPKEEP } from './upkeep-cases';

/** Building promtool takes some minutes on a new machine. */
jest.setTimeout(900_000);

const GROUPS = [watchedSystem(), replicatedSystem()]
  .flatMap((chart, n) => groupsIn(chart.toJson()).filter(({ name }) => n === 0 || name === 'matrix-database'))
  .concat(callGroups());
const CASES: { [part: string]: Case[] } = {
  synapse: [...SYNAPSE, ...FEDERATION],
  edge: EDGE,
  postgres: POSTGRES,
  database: DATABASE,
  backups: BACKUPS,
  'synthetic-user': SYNTHETIC_USER,
  secrets: SECRETS,
  upkeep: UPKEEP,
  calls: CALLS,
  'call-tokens': CALL_TOKENS,
};
const APPS: { [part: string]: string } = {
  synapse: 'matrix-synapse',
  edge: 'matrix-edge',
  postgres: 'matrix-postgres',
  database: 'matrix-database-server',
  backups: 'matrix-backup-agent',
  'synthetic-user': 'matrix-synthetic-user',
  secrets: 'kube-state-metrics',
  upkeep: 'kube-state-metrics',
  calls: 'livekit',
  'call-tokens': 'livekit-token-service',
};

beforeAll(async () => {
  await promtool();
});

describe.each(Object.entries(CASES))('%s', (part, cases) => {
  const rules = GROUPS.flatMap((group) => (group.name === `matrix-${part}` ? group.rules : []));
  const rulesOf = ({ alert }: Case) => rules.filter((rule) => rule.alert === alert);

  it.each(cases.map((one) => [one.alert, one] as const))('%s fires where it should, and only there', async (_, one) => {
    expect(await complaints(rulesOf(one), APPS[part], one)).toBe('');
  });

  it('tries each alert both ways', () => {
    const tried = cases.filter(({ fires, silent }) => fires.length > 0 && silent.length > 0);
    const names = new Set(rules.map(({ alert }) => alert));
    expect([...new Set(tried.map(({ alert }) => alert))].sort()).toEqual([...names].sort());
  });

  it('would find an alert that does not fire', async () => {
    const [one] = cases;
    const never = { ...one, fires: one.silent, silent: [] };
    expect(await complaints(rulesOf(one), APPS[part], never)).toContain(`# fires after ${one.minutes} min`);
  });
});
