import { Duration } from 'cdk8s';
import { Construct } from 'constructs';
import type { IMatrixEdge } from '../edge';
import { k8s } from '../kubernetes/k8s';
import { labelsOf } from '../kubernetes/metadata/labels';
import { CRON_JOB_NAME_LENGTH } from '../kubernetes/metadata/names';
import type { IPeer, Peer } from '../kubernetes/network/peer';
import { Traffic } from '../kubernetes/network/traffic';
import { Schedule } from '../kubernetes/schedule';
import type { ISecretKey } from '../kubernetes/secret-key';
import { OneShotJob } from '../kubernetes/workloads/one-shot-job';
import { resources } from '../kubernetes/workloads/resources';
import { ScheduledJob } from '../kubernetes/workloads/scheduled-job';
import { adminSession } from '../python/admin-session';
import { pythonPod } from '../python/python-pod';
import type { System } from '../system';
import { keeperFiles } from './program/program';
import type { Administrator } from './synthetic-user-context';

/** Props of {@link SyntheticKeeper}. */
export interface SyntheticKeeperProps {
  readonly system: System;
  readonly edge: IMatrixEdge;
  readonly administrator: Administrator;
  /** Local parts of the accounts; the first one creates the room. */
  readonly users: string[];
  /** Password of the accounts. */
  readonly password: ISecretKey;
}

/** Seconds to wait for Synapse, and for the administrator: enough for a platform that is installed at the same time. */
const PATIENCE = 1200;

/**
 * Makes the accounts of the synthetic user at once, and removes old messages and files every night.
 *
 * Apart from the synthetic user, because it acts as the administrator and that one talks to the public.
 */
export class SyntheticKeeper extends Construct implements IPeer {
  public readonly peer: Peer;

  constructor(scope: Construct, id: string, props: SyntheticKeeperProps) {
    super(scope, id);
    const { system, edge, administrator, users } = props;
    const workload = system.labels('matrix-synthetic-keeper', 'synthetic-keeper', CRON_JOB_NAME_LENGTH);
    const traffic = new Traffic(this, 'Traffic', workload);
    this.peer = traffic.peer;
    traffic.allowDns();
    edge.allowAdminFrom(this);
    const session = adminSession(edge, administrator, PATIENCE);
    const settings = { ...session.settings, serverName: system.serverName, users };
    const config = new k8s.KubeConfigMap(this, 'Config', {
      metadata: { name: workload.app, labels: labelsOf(workload) },
      data: { ...keeperFiles(), 'settings.json': `${JSON.stringify(settings, null, 2)}\n` },
    });
    const pod = pythonPod(system, {
      name: 'keeper',
      program: 'synthetic_keeper.py',
      configMapName: config.name,
      secrets: { ...session.secrets, password: props.password },
      resources: resources(10, 48, 128),
    });
    new OneShotJob(this, 'Default', {
      workload,
      name: 'matrix-synthetic-keeper',
      configMaps: [config],
      pod,
      retries: 3,
    });
    const schedule = Schedule.daily('00:40');
    new ScheduledJob(this, 'Nightly', { workload, schedule, deadline: Duration.hours(1), retries: 2, pod });
  }
}
