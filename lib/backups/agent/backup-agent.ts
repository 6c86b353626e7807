import type { Duration } from 'cdk8s';
import { Construct } from 'constructs';
import { k8s } from '../../kubernetes/k8s';
import type { Identity } from '../../kubernetes/metadata/labels';
import type { IPeer, Peer } from '../../kubernetes/network/peer';
import { Traffic } from '../../kubernetes/network/traffic';
import { besideAffinity } from '../../kubernetes/workloads/affinity';
import { hardenedPod } from '../../kubernetes/workloads/hardened-pod';
import { resources } from '../../kubernetes/workloads/resources';
import { restartOnChange, watchedVolume } from '../../kubernetes/workloads/restart-on-change';
import { renderSingle } from '../../kubernetes/workloads/singleton-deployment';
import { renderAccount } from '../../kubernetes/workloads/workload-account';
import { type BackupSchedules, maximumAge } from '../backup-schedules';
import {
  type BackupContext,
  databaseReader,
  repositoryContainer,
  repositoryVolumes,
  toolsContainer,
} from '../jobs/backup-context';

const PORT = 9090;

/** What the agent is besides {@link BackupContext}. */
export interface BackupAgentProps {
  readonly identity: Identity;
  /** The scripts, for a restart when they change. */
  readonly scripts: { [name: string]: string };
  readonly schedules: BackupSchedules;
  /** Name of the CronJob for each schedule. */
  readonly cronJobs: { [part: string]: string };
  readonly recoveryPoint: Duration;
  readonly archiveTimeout: Duration;
}

/** Ships log to the repository as it comes, and watches over backups and drills: metrics, and a pod that is not ready when something is wrong. */
export class BackupAgent extends Construct implements IPeer {
  public readonly peer: Peer;
  private readonly traffic: Traffic;

  constructor(scope: Construct, id: string, context: BackupContext, props: BackupAgentProps) {
    super(scope, id);
    const { identity } = props;
    this.traffic = new Traffic(this, 'Traffic', identity);
    this.peer = this.traffic.peer;
    this.traffic.allowDns();
    this.traffic.allowKubernetesApi();
    context.postgres.allowFrom(this, 1);
    context.repository.allowFrom(this.traffic);
    renderAccount(this, identity, [
      // What a part has said is written on its CronJob.
      { apiGroups: ['batch'], resources: ['cronjobs'], resourceNames: Object.values(props.cronJobs), verbs: ['patch'] },
    ]);
    renderSingle(this, identity, props.scripts, this.pod(context, props));
  }

  /** Lets a collector read the metrics, at port 9090. */
  public allowMetricsFrom(collector: IPeer): void {
    this.traffic.allowFrom(collector, { name: 'metrics', number: PORT });
  }

  private pod(context: BackupContext, props: BackupAgentProps): k8s.PodSpec {
    const probe = (path: string) => ({ httpGet: { path, port: k8s.IntOrString.fromNumber(PORT) }, timeoutSeconds: 5 });
    const ages = Object.entries(props.schedules).map(([part, schedule]) => ({
      name: `MAX_AGE_${part.toUpperCase()}`,
      value: String(maximumAge(schedule)),
    }));
    const cronJobs = Object.entries(props.cronJobs).map(([part, name]) => `${part}=${name}`);
    const container = repositoryContainer(context, {
      name: 'agent',
      script: 'agent.py',
      env: [
        ...databaseReader(context),
        { name: 'INTERVAL', value: '2' },
        { name: 'ARCHIVE_TIMEOUT', value: String(props.archiveTimeout.toSeconds()) },
        { name: 'RECOVERY_POINT', value: String(props.recoveryPoint.toSeconds()) },
        ...ages,
        { name: 'CRONJOBS', value: cronJobs.join(' ') },
        { name: 'PORT', value: String(PORT) },
      ],
    });
    return hardenedPod({
      uid: context.postgres.uid,
      imagePullSecrets: context.imagePullSecrets,
      serviceAccountName: props.identity.app,
      affinity: besideAffinity(context.postgres.podLabels),
      initContainers: [toolsContainer(context)],
      containers: [
        {
          ...restartOnChange(container, '/scripts/restart-on-change.sh'),
          resources: resources(20, 48, 512),
          withToken: true,
          ports: [{ name: 'metrics', containerPort: PORT }],
          // Not ready is what an operator sees in `kubectl get pods` when a backup or a drill did not succeed in time.
          readinessProbe: { ...probe('/ready'), periodSeconds: 10 },
          livenessProbe: { ...probe('/alive'), periodSeconds: 20, failureThreshold: 6 },
        },
      ],
      volumes: [...repositoryVolumes(context), watchedVolume(container)],
    });
  }
}
