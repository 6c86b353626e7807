import { Construct } from 'constructs';
import { k8s } from '../../kubernetes/k8s';
import type { IPeer, Peer } from '../../kubernetes/network/peer';
import { Traffic } from '../../kubernetes/network/traffic';
import { besideAffinity } from '../../kubernetes/workloads/affinity';
import { restartOnChange, watchedVolume } from '../../kubernetes/workloads/restart-on-change';
import { SingletonDeployment } from '../../kubernetes/workloads/singletons';
import { WorkloadAccount } from '../../kubernetes/workloads/workload-account';
import { seriesOf } from '../../monitoring/expressions';
import type { IMonitored, Monitored } from '../../monitoring/monitored';
import type { BackupFacts } from '../backup-facts';
import type { BackupPlan } from '../backup-plan';
import { backupAlerts } from '../monitored/alerts';
import { databaseReader, programFile } from '../program/program';
import { AGENT_PORT, type ProgramSettings } from '../program/program-settings';
import { JOB, repositoryContainer, repositoryVolumes, toolsContainer } from '../repository/repository-container';

const METRICS = { name: 'metrics', number: AGENT_PORT };

/** Props of {@link BackupAgent}. */
export interface BackupAgentProps {
  readonly facts: BackupFacts;
  readonly settings: ProgramSettings;
  /** ConfigMap of the program, for a restart when it changes. */
  readonly program: k8s.KubeConfigMap;
  readonly plan: BackupPlan;
}

/**
 * Uploads WAL to the repository as it comes, and watches backups and drills. It has metrics, and its pod is not ready
 * when something is wrong. It only watches when the database is managed elsewhere.
 */
export class BackupAgent extends Construct implements IMonitored, IPeer {
  public readonly peer: Peer;
  public readonly monitored: Monitored;
  private readonly traffic: Traffic;

  constructor(scope: Construct, id: string, { facts, settings, program, plan }: BackupAgentProps) {
    super(scope, id);
    const workload = facts.workload('backup-agent');
    this.traffic = new Traffic(this, 'Traffic', workload);
    this.peer = this.traffic.peer;
    facts.allowDatabase(this.traffic, 1);
    this.traffic.allowKubernetesApi();
    facts.repository._allowFrom(this.traffic);
    // It annotates each CronJob with the last result of its job. Not by the CronJob itself: that would let it run any
    // pod, with the account and the Secrets of any other.
    const cronJobs = Object.values(settings.jobs).map(({ cronJob }) => cronJob);
    const account = new WorkloadAccount(this, 'Account', workload);
    account.allow(['patch'], { apiGroup: 'batch', resourceType: 'cronjobs/status' }, ...cronJobs);
    const object = new SingletonDeployment(this, 'Default', {
      workload,
      configMaps: [program],
      pod: agentPod(facts, workload.app),
    });
    this.monitored = {
      part: 'backups',
      ports: [{ workload, object, port: METRICS }],
      alerts: backupAlerts({ series: seriesOf(this, workload), plan, ownDatabase: facts.ownDatabase !== undefined }),
    };
  }

  /** Allows a collector to read the metrics, at port 9090. */
  public allowMetricsFrom(collector: IPeer): void {
    this.traffic.allowFrom(collector, METRICS);
  }
}

function agentPod(facts: BackupFacts, account: string): k8s.PodSpec {
  const port = k8s.IntOrString.fromNumber(AGENT_PORT);
  const probe = (path: string) => ({ httpGet: { path, port }, timeoutSeconds: 5 });
  const container = repositoryContainer(facts, {
    name: 'agent',
    command: ['agent'],
    resources: facts.agentResources ?? JOB,
    env: facts.ownDatabase && databaseReader(facts.ownDatabase),
    withToken: true,
  });
  return facts.system._pod({
    uid: facts.uid,
    serviceAccountName: account,
    affinity: besideAffinity(facts.dataHolder),
    initContainers: [toolsContainer(facts)],
    containers: [
      {
        ...restartOnChange(container, programFile('restart-on-change.sh')),
        ports: [{ name: METRICS.name, containerPort: METRICS.number }],
        // A pod that is not ready shows operators in `kubectl get pods` that a backup or drill is overdue.
        readinessProbe: { ...probe('/ready'), periodSeconds: 10 },
        livenessProbe: { ...probe('/alive'), periodSeconds: 20, failureThreshold: 6 },
      },
    ],
    volumes: [...repositoryVolumes(facts), watchedVolume(container)],
  });
}
