import { Duration, Lazy } from 'cdk8s';
import { Construct } from 'constructs';
import { fileBeside } from '../kubernetes/files';
import { k8s } from '../kubernetes/k8s';
import { labelsOf, type WorkloadLabels } from '../kubernetes/metadata/labels';
import { CRON_JOB_NAME_LENGTH } from '../kubernetes/metadata/names';
import { Traffic } from '../kubernetes/network/traffic';
import type { IWorkloadContext } from '../kubernetes/workload-context';
import type { Resources } from '../kubernetes/workloads/resources';
import { ScheduledJob } from '../kubernetes/workloads/scheduled-job';
import { SECRETS, WorkloadAccount } from '../kubernetes/workloads/workload-account';
import { KUBERNETES_API } from '../python/python';
import { type RequiredSecretRequest, SecretKind } from './secret-request';
import { secretsPod } from './secrets-pod';

/** One rotation in the plan of rotate_secrets.py. */
interface RotationPlan {
  readonly secret: string;
  readonly passwords?: string[];
  readonly signingKey?: string;
  readonly oldSigningKeys?: string;
  readonly effect: string;
}

/**
 * A suspended CronJob for each rotation that the parts declare.
 *
 * Run one with `kubectl create job --from=cronjob/matrix-rotate-…`. All share one service account, which may change
 * only these Secrets.
 */
export class SecretRotations extends Construct {
  private readonly workload: WorkloadLabels;
  private readonly account: WorkloadAccount;
  private readonly plans: { [name: string]: RotationPlan } = {};

  constructor(
    scope: Construct,
    id: string,
    private readonly context: IWorkloadContext,
    private readonly resources?: Resources,
  ) {
    super(scope, id);
    this.workload = context.labels('matrix-rotate', 'secret-rotation');
    new k8s.KubeConfigMap(this, 'Config', {
      metadata: { name: this.workload.app, labels: labelsOf(this.workload) },
      data: Lazy.any({ produce: () => this.files() }),
    });
    this.account = new WorkloadAccount(this, 'Account', this.workload);
    new Traffic(this, 'Traffic', this.workload).allowKubernetesApi();
  }

  /** Adds a secret to its rotation, if it has one. */
  public add({ secretName: secret, key, kind, options }: RequiredSecretRequest): void {
    const { name, effect, oldKeysIn } = options.rotation ?? {};
    if (name === undefined || effect === undefined) {
      return;
    }
    const plan = this.plans[name];
    if (plan && plan.secret !== secret) {
      throw new Error(
        `rotation '${name}' has Secret '${plan.secret}' and Secret '${secret}', but can change only one: use another rotation for one of them`,
      );
    }
    this.plans[name] =
      kind === SecretKind.SIGNING_KEY
        ? { secret, signingKey: key, oldSigningKeys: oldKeysIn, effect }
        : { secret, passwords: [...(plan?.passwords ?? []), key], effect };
    if (!plan) {
      this.account.allow(['get', 'patch'], SECRETS, secret);
      this.render(name);
    }
  }

  /** Names of the CronJobs, without that of the signing key: other servers know it, so it is replaced only when it was stolen. */
  public regular(): string[] {
    const regular = Object.entries(this.plans).filter(([, { signingKey }]) => signingKey === undefined);
    return regular.map(([name]) => this.cronJobName(name));
  }

  private cronJobName(name: string): string {
    return this.context.objectName(`matrix-rotate-${name}`, CRON_JOB_NAME_LENGTH);
  }

  private render(name: string): void {
    new ScheduledJob(this, name, {
      workload: this.workload,
      name: this.cronJobName(name),
      deadline: Duration.minutes(5),
      pod: secretsPod(this.context, {
        account: this.workload.app,
        container: 'rotate',
        restartPolicy: 'Never',
        script: 'rotate_secrets.py',
        args: [name],
        resources: this.resources,
      }),
    });
  }

  private files(): { [name: string]: string } {
    return {
      ...KUBERNETES_API,
      'new_values.py': fileBeside(__dirname, 'program/new_values.py'),
      'rotate_secrets.py': fileBeside(__dirname, 'program/rotate_secrets.py'),
      'plan.json': `${JSON.stringify(this.plans, null, 2)}\n`,
    };
  }
}
