import { type Check, type Finding, fail, ok, unknown, warn } from '../check';
import { synapseMetrics } from '../facts/metrics';

const STUCK = 'docs/runbooks/MatrixBackgroundUpdateStuck.md';
const ABORTED = 'docs/runbooks/MatrixBackgroundUpdateAborted.md';

/** Whether Synapse has finished the background updates of its database. */
export const updates: Check = {
  name: 'updates',
  look: async (situation) => {
    const metrics = await synapseMetrics(situation);
    if (!metrics) {
      return [unknown('Synapse has no metrics, so background updates of the database are not seen', STUCK)];
    }
    return judgeUpdates(metrics.all('synapse_background_update_status').map(({ value }) => value));
  },
};

/** @param found the status of each database, in Synapse's numbers. */
export function judgeUpdates(found: number[]): Finding[] {
  const has = (status: number) => found.includes(status);
  if (found.length === 0) {
    return [unknown('Synapse does not tell whether background updates of the database are pending', STUCK)];
  }
  if (has(-1)) {
    return [fail('a background update of the database failed and was stopped', ABORTED)];
  }
  if (has(0)) {
    return [warn('background updates of the database are turned off', STUCK)];
  }
  return has(1) || has(2)
    ? [warn('a background update of the database is pending: wait before the next upgrade', STUCK)]
    : [ok('no background update of the database is pending')];
}
