import { type Check, type Finding, fail, ok, unknown, warn } from '../check';
import { Metrics } from '../facts/metrics';

const STUCK = 'docs/runbooks/MatrixBackgroundUpdateStuck.md';
const ABORTED = 'docs/runbooks/MatrixBackgroundUpdateAborted.md';

/** Whether Synapse has finished the background updates of its database. */
export const updates: Check = {
  name: 'updates',
  look: async ({ inside, homeserver, name }) => {
    const port = homeserver.metricsPort;
    if (!port) {
      return [unknown('Synapse has no metrics, so background updates of the database are not seen', STUCK)];
    }
    const { body } = await inside.ask(`deployment/${name('matrix-synapse')}`, port, '/_synapse/metrics');
    const found = new Metrics(body).all('synapse_background_update_status').map(({ value }) => value);
    return judgeUpdates(found);
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
