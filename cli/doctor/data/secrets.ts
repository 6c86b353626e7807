import { type Check, type Finding, fail, ok, warn } from '../check';
import type { ConfigMap } from '../facts/homeserver';
import { type CronJob, containersOf, type Job, type PodSpec, workloadsOf } from '../facts/pods';
import { ageOf, some } from '../facts/words';
import type { Situation } from '../situation';

/** Seconds after which a secret should be rotated. */
const OLD = 365 * 86_400;
const ROTATE = 'docs/how-to/rotate-secrets.md';
const RESTORE = 'docs/operations/restore.md#secrets-are-lost';

/** Whether the Secrets that pods name exist, and how old they are. It never sees their values. */
export const secrets: Check = {
  name: 'secrets',
  look: async (situation) => {
    const { kubectl, objects, name, now } = situation;
    const ages = agesOf(await kubectl.run('get', 'secrets', '--no-headers'));
    for (const [secret, time] of await rotationsOf(situation)) {
      ages.set(secret, Math.min(ages.get(secret) ?? 0, (now - time) / 1000));
    }
    const workloads = [...(await workloadsOf(objects)), ...(await objects.all<Job>('jobs'))];
    const cronJobs = await objects.all<CronJob>('cronjobs');
    const specs = [...workloads, ...cronJobs.map(({ spec }) => spec.jobTemplate)].map(({ spec }) => spec.template.spec);
    // Other servers know the signing key: it is rotated when it was stolen, and not for its age.
    return judgeSecrets(new Set(specs.flatMap(neededBy)), ages, name('matrix-signing-key'));
  },
};

/** @param ages seconds since each Secret was made or rotated. */
export function judgeSecrets(needed: Set<string>, ages: Map<string, number>, unrotated: string): Finding[] {
  const missing = [...needed].filter((name) => !ages.has(name)).sort();
  const own = [...needed].filter((name) => ages.has(name) && name !== unrotated);
  const old = own.filter((name) => (ages.get(name) ?? 0) > OLD).sort();
  const problems = [
    ...missing.map((name) => fail(`Secret ${name} is missing`, RESTORE)),
    ...(old.length > 0 ? [warn(`${some(old)}: not rotated for more than a year`, ROTATE)] : []),
  ];
  const oldest = Math.max(0, ...own.map((name) => ages.get(name) ?? 0));
  return problems.length > 0
    ? problems
    : [ok(`${needed.size} Secrets exist; the oldest was made or rotated ${ageOf(oldest)} ago`)];
}

/** Secrets that a pod cannot start without. */
export function neededBy(spec: PodSpec): string[] {
  const references = [
    ...(spec.volumes ?? []).flatMap(({ secret, projected }) => [
      ...(secret ? [{ name: secret.secretName, optional: secret.optional }] : []),
      ...(projected?.sources ?? []).map((source) => source.secret),
    ]),
    ...containersOf(spec).flatMap(({ env = [], envFrom = [] }) => [
      ...env.map(({ valueFrom }) => valueFrom?.secretKeyRef),
      ...envFrom.map(({ secretRef }) => secretRef),
    ]),
  ];
  return references.flatMap((one) => (one?.name && !one.optional ? one.name : []));
}

/** Ages from the table of kubectl. As a table, the API server sends no values. */
export function agesOf(table: string): Map<string, number> {
  const units: { [unit: string]: number } = { s: 1, m: 60, h: 3600, d: 86_400, y: 365 * 86_400 };
  const rows = table.split('\n').map((line) => line.trim().split(/\s+/));
  return new Map(
    rows
      .filter(([name]) => name)
      .map((row) => {
        const parts = [...(row.at(-1) ?? '').matchAll(/(\d+)([smhdy])/g)];
        return [row[0], parts.reduce((sum, [, count, unit]) => sum + Number(count) * units[unit], 0)];
      }),
  );
}

/** When each Secret was last rotated completely, by the CronJobs for it. */
async function rotationsOf({ objects, name }: Situation): Promise<Map<string, number>> {
  const text = (await objects.get<ConfigMap>('configmaps', name('matrix-rotate')))?.data?.['plan.json'] ?? '{}';
  const plan: { [what: string]: { secret: string } } = JSON.parse(text);
  const cronJobs = await objects.all<CronJob>('cronjobs');
  const times = new Map<string, number>();
  for (const [what, { secret }] of Object.entries(plan)) {
    const last = cronJobs.find(({ metadata }) => metadata.name === name(`matrix-rotate-${what}`))?.status
      ?.lastSuccessfulTime;
    // A Secret is as old as its oldest value.
    const time = Date.parse(last ?? '') || 0;
    times.set(secret, Math.min(times.get(secret) ?? time, time));
  }
  return times;
}
