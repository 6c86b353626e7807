import type { Case, Series } from './cases';

const DAY = 86_400;
/** promtool begins at 0, so what was before has a negative time. */
const made = (time: number): Series => ({ 'kube_cronjob_created{cronjob="matrix-upkeep"}': `${time}x100` });
const succeeded = (time: number): Series => ({
  'kube_cronjob_status_last_successful_time{cronjob="matrix-upkeep"}': `${time}x100`,
});

/** The CronJob that deletes abandoned rooms, from kube-state-metrics. */
export const UPKEEP: Case[] = [
  {
    alert: 'MatrixUpkeepOverdue',
    minutes: 90,
    fires: [
      // It never succeeded.
      made(-3 * DAY),
      { ...made(-90 * DAY), ...succeeded(-3 * DAY) },
      // kube-state-metrics is away.
      {},
    ],
    silent: [
      made(0),
      { ...made(-90 * DAY), ...succeeded(-DAY) },
      // One run was missed.
      { ...made(-90 * DAY), ...succeeded(-2 * DAY) },
    ],
  },
];
