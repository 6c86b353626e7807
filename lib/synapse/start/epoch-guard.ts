import type { k8s } from '../../kubernetes/k8s';
import type { HardenedContainerProps } from '../../kubernetes/workloads/hardened-pod';
import { resources } from '../../kubernetes/workloads/resources';
import { NAMESPACE_ENV } from '../../kubernetes/workloads/volumes';
import type { IMatrixDatabase } from '../../postgres/database';
import { CONFIG } from '../deployment-settings';
import { OutOfBandRestore } from './out-of-band-restore';

const GUARD = ['python3', `${CONFIG}/epoch_guard.py`];
const HOMESERVER = `${CONFIG}/homeserver.yaml`;

/** What the guard needs besides itself. */
export interface EpochGuardProps {
  readonly image: string;
  readonly database: IMatrixDatabase;
  /** @default OutOfBandRestore.EMPTY_ONE_TIME_KEYS */
  readonly afterOutOfBandRestore?: OutOfBandRestore;
  /** With its password. */
  readonly env: k8s.EnvVar[];
  readonly volumeMounts: k8s.VolumeMount[];
}

/** Looks, before Synapse starts, whether the database is the one that Synapse left. */
export function epochGuard({ database, image, env, volumeMounts, ...props }: EpochGuardProps): HardenedContainerProps {
  return {
    name: 'epoch-guard',
    image,
    resources: resources(20, 32, 128),
    command: [
      ...GUARD,
      'check',
      HOMESERVER,
      props.afterOutOfBandRestore ?? OutOfBandRestore.EMPTY_ONE_TIME_KEYS,
      database._psql,
    ],
    env: [...env, NAMESPACE_ENV],
    volumeMounts,
  };
}

/** Notes, before Synapse ends, how it leaves the database. */
export const NOTE_AT_THE_END: k8s.Lifecycle = { preStop: { exec: { command: [...GUARD, 'note', HOMESERVER] } } };
