import { Lazy } from 'cdk8s';
import { Construct } from 'constructs';
import { fileBeside } from '../kubernetes/files';
import { k8s } from '../kubernetes/k8s';
import { labelsOf, type WorkloadLabels } from '../kubernetes/metadata/labels';
import { Traffic } from '../kubernetes/network/traffic';
import { type ISecretKey, SecretKey } from '../kubernetes/secret-key';
import type { IWorkloadContext } from '../kubernetes/workload-context';
import { OneShotJob } from '../kubernetes/workloads/one-shot-job';
import type { Resources } from '../kubernetes/workloads/resources';
import { CLAIMS, SECRETS, WorkloadAccount } from '../kubernetes/workloads/workload-account';
import { KUBERNETES_API } from '../python/python';
import { type RequiredSecretRequest, SecretKind, type SecretRequest } from './secret-request';
import { SecretRotations } from './secret-rotations';
import type { ISecretSource } from './secret-source';
import { secretsPod } from './secrets-pod';

/** Options of `Secrets.generated`. */
export interface GeneratedSecretsOptions {
  /** Requests and limits of the Jobs that generate and rotate. @default - 20m CPU, 48Mi memory with a limit of 128Mi */
  readonly resources?: Resources;
}

/** One Secret in the plan of make_secrets.py. */
interface SecretPlan {
  readonly name: string;
  readonly labels: { [key: string]: string };
  readonly comesFirst?: true;
  readonly irreplaceable?: true;
  readonly keys: { readonly [key: string]: { readonly value?: string; readonly make?: string } };
}

/** The Job that creates missing Secrets, with rights for only the Secrets of the plan. */
export class GeneratedSecrets extends Construct implements ISecretSource {
  private readonly workload: WorkloadLabels;
  private readonly account: WorkloadAccount;
  private readonly rotation: SecretRotations;
  private readonly requests = new Map<string, RequiredSecretRequest>();
  private readonly claims = new Set<string>();

  constructor(scope: Construct, id: string, context: IWorkloadContext, { resources }: GeneratedSecretsOptions = {}) {
    super(scope, id);
    this.workload = context.labels('matrix-secrets', 'secrets');
    const name = this.workload.app;
    const config = new k8s.KubeConfigMap(this, 'Config', {
      metadata: { name, labels: labelsOf(this.workload) },
      data: Lazy.any({ produce: () => this.files() }),
    });
    this.account = new WorkloadAccount(this, 'Account', this.workload);
    this.account.allow(['create'], SECRETS);
    new Traffic(this, 'Traffic', this.workload).allowKubernetesApi();
    new OneShotJob(this, 'Default', {
      workload: this.workload,
      name: 'matrix-secrets',
      configMaps: [config],
      pod: secretsPod(context, {
        account: name,
        container: 'make-secrets',
        restartPolicy: 'OnFailure',
        script: 'make_secrets.py',
        args: ['/config/claims.json'],
        resources,
      }),
      retries: 12,
    });
    this.rotation = new SecretRotations(this, 'Rotation', context, resources);
  }

  public secret(request: RequiredSecretRequest): ISecretKey {
    const { secretName, key } = request;
    if (!this.requests.has(`${secretName}/${key}`)) {
      this.requests.set(`${secretName}/${key}`, request);
      this.account.allow(['get', 'patch'], SECRETS, secretName);
      this.rotation.add(request);
    }
    return SecretKey.fromSecretName(secretName, key);
  }

  public optionalSecret({ secretName, key }: SecretRequest): ISecretKey {
    return SecretKey.fromSecretName(secretName, key);
  }

  public belongsTo(claimName: string): void {
    this.claims.add(claimName);
    this.account.allow(['get', 'patch'], CLAIMS, claimName);
  }

  public rotations(): string[] {
    return this.rotation.regular();
  }

  public problems(): string[] {
    return [];
  }

  private files(): { [name: string]: string } {
    return {
      ...KUBERNETES_API,
      'data_claims.py': fileBeside(__dirname, 'program/data_claims.py'),
      'make_secrets.py': fileBeside(__dirname, 'program/make_secrets.py'),
      'new_values.py': fileBeside(__dirname, 'program/new_values.py'),
      'plan.json': `${JSON.stringify(this.plan(), null, 2)}\n`,
      'claims.json': `${JSON.stringify([...this.claims], null, 2)}\n`,
    };
  }

  /** The signing key comes first: if it cannot be created, nothing else is. */
  private plan(): SecretPlan[] {
    const requests = [...this.requests.values()];
    const isSigningKey = ({ kind }: RequiredSecretRequest) => kind === SecretKind.SIGNING_KEY;
    const sorted = [...requests.filter(isSigningKey), ...requests.filter((one) => !isSigningKey(one))];
    return [...new Set(sorted.map(({ secretName }) => secretName))].map((name) => {
      const own = sorted.filter(({ secretName }) => secretName === name);
      const beside = Object.assign({}, ...own.map(({ options }) => options.beside));
      return {
        name,
        labels: untrackedLabels(this.workload),
        ...(own.some(({ options }) => options.mayComeFirst) ? { comesFirst: true as const } : {}),
        ...(own.some((one) => isSigningKey(one) || one.options.irreplaceable) ? { irreplaceable: true as const } : {}),
        keys: Object.fromEntries([
          ...Object.entries(beside).map(([key, value]) => [key, { value }]),
          ...own.map(({ key, kind }) => [key, { make: kind }]),
        ]),
      };
    });
  }
}

/** Labels of objects that are made in the cluster, without those by which Argo CD finds the objects that are in Git. */
function untrackedLabels(workload: WorkloadLabels): { [key: string]: string } {
  const { 'app.kubernetes.io/instance': _, 'app.kubernetes.io/managed-by': __, ...labels } = labelsOf(workload);
  return labels;
}
