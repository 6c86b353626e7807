import type { k8s } from '../../kubernetes/k8s';
import type { IMatrixDatabase } from '../../postgres/database';
import { CONFIG } from '../deployment-settings';
import { OutOfBandRestore } from './out-of-band-restore';

const GUARD = ['python3', `${CONFIG}/epoch_guard.py`];
const HOMESERVER = `${CONFIG}/homeserver.yaml`;

/**
 * Command that checks that the database is as Synapse left it, and becomes the command that follows it.
 *
 * Its container needs the variable NAMESPACE.
 */
export function epochGuard(database: IMatrixDatabase, afterOutOfBandRestore?: OutOfBandRestore): string[] {
  const remedy = afterOutOfBandRestore ?? OutOfBandRestore.EMPTY_ONE_TIME_KEYS;
  return [...GUARD, 'check', HOMESERVER, remedy, database._psql];
}

/** Notes the state of the database before Synapse shuts down. */
export const NOTE_AT_THE_END: k8s.Lifecycle = { preStop: { exec: { command: [...GUARD, 'note', HOMESERVER] } } };
