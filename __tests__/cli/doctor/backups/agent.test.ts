import { judgeAgent } from '../../../../cli/doctor/backups/agent';
import { Metrics } from '../../../../cli/doctor/facts/metrics';

const judged = (...parts: string[]) => {
  const lines = ['archive', 'prune', 'backup'].map(
    (part) => `matrix_backup_problem{part="${part}"} ${Number(parts.includes(part))}\n`,
  );
  return judgeAgent(new Metrics(lines.join('')), 'logs').map(({ verdict, says }) => `${verdict} ${says}`);
};

it('lists what is watched', () => expect(judged()).toEqual(['ok the agent watches archive, prune, backup']));
it('names its problems, but not those of other checks', () => {
  expect(judged('archive', 'prune', 'backup')).toEqual([
    'fail the agent has a PROBLEM with archive',
    'warn the agent has a PROBLEM with prune',
  ]);
});
