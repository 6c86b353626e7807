import { agent } from './backups/agent';
import { drill } from './backups/drill';
import { escrow } from './backups/escrow';
import { lastBackup } from './backups/last-backup';
import { recoveryPoint } from './backups/recovery-point';
import type { Check } from './check';
import { claims } from './data/claims';
import { drift } from './data/drift';
import { secrets } from './data/secrets';
import { settings } from './data/settings';
import { updates } from './data/updates';
import { zones } from './data/zones';
import { adminApi } from './public/admin-api';
import { calls } from './public/calls';
import { clientApi } from './public/client-api';
import { dns } from './public/dns';
import { federation } from './public/federation';
import { tls } from './public/tls';
import { turn } from './public/turn';
import { wellKnown } from './public/well-known';
import { clock } from './workloads/clock';
import { jobs } from './workloads/jobs';
import { network } from './workloads/network';
import { nodes } from './workloads/nodes';
import { pods } from './workloads/pods';
import { restarts } from './workloads/restarts';
import { versions } from './workloads/versions';
import { workloads } from './workloads/workloads';

/** All checks, in the order of the report. */
export const CHECKS: readonly Check[] = [
  dns,
  tls,
  clientApi,
  adminApi,
  wellKnown,
  federation,
  calls,
  turn,
  workloads,
  pods,
  restarts,
  jobs,
  network,
  nodes,
  clock,
  versions,
  settings,
  drift,
  updates,
  claims,
  zones,
  secrets,
  lastBackup,
  recoveryPoint,
  drill,
  escrow,
  agent,
];
