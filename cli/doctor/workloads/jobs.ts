import { type Check, type Finding, fail, orOk } from '../check';
import { hasFailed, type Job } from '../facts/pods';
import type { Situation } from '../situation';

/** Whether the Jobs that prepare the system succeeded. Those of CronJobs are in the checks of the backups. */
export const jobs: Check = {
  name: 'jobs',
  look: async ({ objects, command }) => {
    const own = (await objects.all<Job>('jobs')).filter(({ metadata }) => !metadata.ownerReferences?.length);
    return orOk(
      own.flatMap((job) => judgeJob(job, command)),
      `${own.length} Jobs that prepare the system have not failed`,
    );
  },
};

/** The problem of a Job, if it failed. */
export function judgeJob(job: Job, command: Situation['command']): Finding[] {
  const { name } = job.metadata;
  return hasFailed(job) ? [fail(`Job ${name} failed`, command(`logs job/${name} --all-containers`))] : [];
}
