import { OutOfBandRestore } from '../../../lib';
import { epochGuard, NOTE_AT_THE_END } from '../../../lib/synapse/start/epoch-guard';
import { emptyChart, external, postgresIn } from '../../support/parts';

it('empties one-time keys by default, and refuses to start when it is set', () => {
  expect(epochGuard(external())[4]).toBe('empty');
  expect(epochGuard(external(), OutOfBandRestore.REFUSE_TO_START)[4]).toBe('refuse');
});

it("knows the operator's psql command", () => {
  expect(epochGuard(postgresIn(emptyChart()))[5]).toBe(
    'kubectl exec matrix-postgres-0 -n $(NAMESPACE) -- psql -U synapse_user synapse',
  );
  expect(epochGuard(external())[5]).toBe('psql "host=db.example.org port=5432 user=synapse_user dbname=synapse"');
});

it('runs its script before the start and before the shutdown', () => {
  expect(epochGuard(external()).slice(0, 3)).toEqual(['python3', '/config/epoch_guard.py', 'check']);
  expect(NOTE_AT_THE_END.preStop?.exec?.command?.[2]).toBe('note');
});
