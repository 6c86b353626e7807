import { OutOfBandRestore } from '../../../lib';
import { type EpochGuardProps, epochGuard, NOTE_AT_THE_END } from '../../../lib/synapse/start/epoch-guard';
import { emptyChart, external, postgresIn } from '../../support/parts';

function commandOf(props: Partial<EpochGuardProps> = {}): string[] {
  const guard = epochGuard({ image: 'synapse', database: external(), env: [], volumeMounts: [], ...props });
  return guard.command ?? [];
}

describe('the container', () => {
  it('empties one-time keys by default, and refuses to start when it is set', () => {
    expect(commandOf()[4]).toBe('empty');
    expect(commandOf({ afterOutOfBandRestore: OutOfBandRestore.REFUSE_TO_START })[4]).toBe('refuse');
  });

  it("knows the operator's psql command", () => {
    expect(commandOf({ database: postgresIn(emptyChart()) })[5]).toBe(
      'kubectl exec matrix-postgres-0 -n $(NAMESPACE) -- psql -U synapse_user synapse',
    );
    expect(commandOf()[5]).toBe('psql "host=db.example.org port=5432 user=synapse_user dbname=synapse"');
  });
});

it('runs its script before the start and before the shutdown', () => {
  expect(commandOf().slice(0, 3)).toEqual(['python3', '/config/epoch_guard.py', 'check']);
  expect(NOTE_AT_THE_END.preStop?.exec?.command?.[2]).toBe('note');
});
