import type { HomeserverSettings } from '../../../../imports/homeserver';

const UNITS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86400, w: 604800, y: 31536000 };

/** A duration at its place, as it was given. */
interface Given {
  readonly key: string;
  readonly value?: string | number | null;
  /** Synapse's own, where it matters although nothing is set. @default - no limit */
  readonly otherwise?: string;
}

/** Durations of which one must not be longer than the other; Synapse refuses to start. */
export function checkOrder(settings: HomeserverSettings): string[] {
  const { retention, presence, session_lifetime } = settings;
  const session = { key: 'session_lifetime', value: session_lifetime };
  const policy = retention?.default_policy;
  const pairs: [Given, Given][] = [
    [
      { key: 'retention.default_policy.min_lifetime', value: policy?.min_lifetime },
      { key: 'retention.default_policy.max_lifetime', value: policy?.max_lifetime },
    ],
    [
      { key: 'retention.allowed_lifetime_min', value: retention?.allowed_lifetime_min },
      { key: 'retention.allowed_lifetime_max', value: retention?.allowed_lifetime_max },
    ],
    ...(retention?.purge_jobs ?? []).map((job, i): [Given, Given] => [
      { key: `retention.purge_jobs[${i}].shortest_max_lifetime`, value: job.shortest_max_lifetime },
      { key: `retention.purge_jobs[${i}].longest_max_lifetime`, value: job.longest_max_lifetime },
    ]),
    ...(
      ['refreshable_access_token_lifetime', 'nonrefreshable_access_token_lifetime', 'refresh_token_lifetime'] as const
    ).map((key): [Given, Given] => [{ key, value: settings[key] }, session]),
  ];
  const active = { key: 'presence.last_active_granularity', value: presence?.last_active_granularity, otherwise: '1m' };
  const idle = { key: 'presence.idle_timeout', value: presence?.idle_timeout, otherwise: '5m' };
  return [
    ...pairs
      .filter(([low, high]) => lengthOf(low) > lengthOf(high))
      .map(
        ([low, high]) =>
          `${text(low)}, but ${text(high)}: Synapse refuses to start unless the first is at most the second, so lower the first`,
      ),
    ...(lengthOf(active) < lengthOf(idle)
      ? []
      : [
          `${text(active)}, but ${text(idle)}: Synapse refuses to start unless the first is shorter, so lower the first`,
        ]),
  ];
}

function text({ key, value, otherwise }: Given): string {
  return `${key} is ${JSON.stringify(value ?? otherwise)}`;
}

function lengthOf({ value, otherwise }: Given): number {
  return milliseconds(value ?? otherwise);
}

/** A duration in milliseconds; NaN for what is not set, which is neither longer nor shorter. */
export function milliseconds(duration: unknown): number {
  const [, amount, unit] = /^(\d+)([smhdwy]?)$/.exec(`${duration}`) ?? [];
  return Number(amount) * (unit ? UNITS[unit] * 1000 : 1);
}
