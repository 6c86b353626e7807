import type { k8s } from '../../kubernetes/k8s';
import type { HardenedContainerProps } from '../../kubernetes/workloads/hardened-pod';
import { resources } from '../../kubernetes/workloads/resources';
import { NAMESPACE_ENV } from '../../kubernetes/workloads/volumes';
import type { IMatrixDatabase } from '../../postgres/database';
import { CONFIG } from '../deployment-settings';
import { OutOfBandRestore } from './out-of-band-restore';

const GUARD = ['python3', `${CONFIG}/epoch_guard.py`];
const HOMESERVER = `${CONFIG}/homeserver.yaml`;

/** Props of the guard's container. */
export interface EpochGuardProps {
  readonly image: string;
  readonly database: IMatrixDatabase;
  /** What happens after an out-of-band restore. @default OutOfBandRestore.EMPTY_ONE_TIME_KEYS */
  readonly afterOutOfBandRestore?: OutOfBandRestore;
  /** Environment, with the password of the database. */
  readonly env: k8s.EnvVar[];
  readonly volumeMounts: k8s.VolumeMount[];
}

/** Checks, before Synapse starts, that the database is as Synapse left it. */
export function epochGuard(props: EpochGuardProps): HardenedContainerProps {
  const { database, image, env, volumeMounts, afterOutOfBandRestore } = props;
  return {
    name: 'epoch-guard',
    image,
    resources: resources(20, 32, 128),
    command: [
      ...GUARD,
      'check',
      HOMESERVER,
      afterOutOfBandRestore ?? OutOfBandRestore.EMPTY_ONE_TIME_KEYS,
      database._psql,
    ],
    env: [...env, NAMESPACE_ENV],
    volumeMounts,
  };
}

/** Notes the state of the database before Synapse shuts down. */
export const NOTE_AT_THE_END: k8s.Lifecycle = { preStop: { exec: { command: [...GUARD, 'note', HOMESERVER] } } };
