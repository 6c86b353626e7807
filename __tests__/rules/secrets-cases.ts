import type { Case, Series } from './cases';

/** Time of promtool's first minute is 0, so what was before has a negative time. */
const YEAR = 365 * 86_400;
const made = (time: number, what = 'database'): Series => ({
  [`kube_cronjob_created{cronjob="matrix-rotate-${what}"}`]: `${time}x100`,
});
const rotated = (time: number, what = 'database'): Series => ({
  [`kube_cronjob_status_last_successful_time{cronjob="matrix-rotate-${what}"}`]: `${time}x100`,
});

/** The age of secrets, from kube-state-metrics. */
export const SECRETS: Case[] = [
  {
    alert: 'MatrixSecretOld',
    minutes: 90,
    fires: [
      made(-YEAR),
      { ...made(-2 * YEAR), ...rotated(-YEAR) },
      // One of two.
      { ...made(-2 * YEAR), ...rotated(0), ...made(-2 * YEAR, 'macaroon') },
      // kube-state-metrics is away.
      {},
    ],
    silent: [
      made(0),
      { ...made(-YEAR), ...rotated(0) },
      { ...made(-YEAR), ...rotated(0), ...made(0, 'macaroon') },
      { ...made(0), ...made(-2 * YEAR, 'signing-key') },
    ],
  },
];
