import type { k8s } from '../../kubernetes/k8s';
import type { HardenedContainerProps } from '../../kubernetes/workloads/hardened-pod';
import { resources } from '../../kubernetes/workloads/resources';
import { NAMESPACE_ENV } from '../../kubernetes/workloads/volumes';
import type { IMatrixPostgres } from '../../postgres/database';
import { ForeignRestore } from '../foreign-restore';
import { CONFIG } from '../wiring';

const GUARD = ['python3', `${CONFIG}/epoch-guard.py`];
const HOMESERVER = `${CONFIG}/homeserver.yaml`;

/** What the guard needs besides itself. */
export interface EpochGuardProps {
  readonly image: string;
  readonly postgres: IMatrixPostgres;
  /** @default ForeignRestore.EMPTY_ONE_TIME_KEYS */
  readonly afterForeignRestore?: ForeignRestore;
  /** With its password. */
  readonly env: k8s.EnvVar[];
  readonly volumeMounts: k8s.VolumeMount[];
}

/** Looks, before Synapse starts, whether the database is the one that Synapse left. */
export function epochGuard({ postgres, image, env, volumeMounts, ...props }: EpochGuardProps): HardenedContainerProps {
  return {
    name: 'epoch-guard',
    image,
    resources: resources(20, 32, 128),
    command: [
      ...GUARD,
      'check',
      HOMESERVER,
      props.afterForeignRestore ?? ForeignRestore.EMPTY_ONE_TIME_KEYS,
      psql(postgres),
    ],
    env: [...env, NAMESPACE_ENV],
    volumeMounts,
  };
}

/** Notes, before Synapse ends, how it leaves the database. */
export const NOTE_AT_THE_END: k8s.Lifecycle = { preStop: { exec: { command: [...GUARD, 'note', HOMESERVER] } } };

/** How an operator speaks to the database, for the message of a refusal. */
function psql(postgres: IMatrixPostgres & { readonly workloadName?: string }): string {
  const { host, port, database, user, workloadName } = postgres;
  return workloadName
    ? `kubectl exec ${workloadName}-0 -n $(NAMESPACE) -- psql -U ${user} ${database}`
    : `psql "host=${host} port=${port} user=${user} dbname=${database}"`;
}
