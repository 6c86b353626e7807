import { Construct } from 'constructs';
import { fileBeside, KUBE_PY } from '../kubernetes/files';
import { imageOf, UIDS } from '../kubernetes/images/image';
import { k8s } from '../kubernetes/k8s';
import { type Identity, labelsOf } from '../kubernetes/metadata/labels';
import { objectName } from '../kubernetes/metadata/names';
import { checkUniqueNames } from '../kubernetes/metadata/objects';
import { Traffic } from '../kubernetes/network/traffic';
import { SecretKey } from '../kubernetes/secret-key';
import { hardenedPod } from '../kubernetes/workloads/hardened-pod';
import { renderJob } from '../kubernetes/workloads/one-shot-job';
import { resources } from '../kubernetes/workloads/resources';
import { configVolume } from '../kubernetes/workloads/volumes';
import { renderAccount } from '../kubernetes/workloads/workload-account';
import { PYTHON } from '../python/python';
import { renderRotation } from './rotation';
import { secretNames } from './secret-names';
import type { SecretsContext, SystemSecrets } from './system-secrets';

/** How a key of a Secret comes to be; see make-secrets.py. */
interface KeyPlan {
  readonly value?: string;
  readonly make?: string;
}

/** The Job that makes what is missing, with rights for exactly these Secrets. */
export class GeneratedSecrets extends Construct {
  public readonly secrets: SystemSecrets;
  private readonly part: Identity;

  constructor(scope: Construct, id: string, props: SecretsContext) {
    super(scope, id);
    checkUniqueNames(this);
    const name = objectName(props.namePrefix, 'matrix-secrets');
    this.part = { app: name, component: 'secrets', namePrefix: props.namePrefix };
    const names = secretNames(props);
    // Beside the signing key, from the first rotation on.
    this.secrets = { ...names, oldSigningKeys: SecretKey.of(names.signingKey.secretName, 'old-signing-keys.yaml') };
    const plan = this.plan(names, props);
    const files = {
      'kube.py': KUBE_PY,
      'make-secrets.py': fileBeside(__dirname, 'make-secrets.py'),
      'new_values.py': fileBeside(__dirname, 'new_values.py'),
      'plan.json': `${JSON.stringify(plan, null, 2)}\n`,
    };
    new k8s.KubeConfigMap(this, 'Config', { metadata: { name, labels: labelsOf(this.part) }, data: files });
    renderAccount(this, this.part, [
      // Kubernetes cannot limit `create` to names.
      { apiGroups: [''], resources: ['secrets'], verbs: ['create'] },
      { apiGroups: [''], resources: ['secrets'], resourceNames: plan.map((one) => one.name), verbs: ['get', 'patch'] },
    ]);
    new Traffic(this, 'Traffic', this.part).allowKubernetesApi();
    const image = imageOf('synapse', props);
    this.renderJob(name, files, image, props.imagePullSecrets);
    renderRotation(this, 'Rotation', { ...props, secrets: this.secrets, image });
  }

  /** The signing key comes first: without it nothing else is made. */
  private plan(wanted: SystemSecrets, context: SecretsContext) {
    const secrets = new Map<string, { [key: string]: KeyPlan }>();
    for (const [what, { secretName, key }] of Object.entries(wanted)) {
      const keys = secrets.get(secretName) ?? {};
      secrets.set(secretName, { ...keys, [key]: { make: what === 'signingKey' ? 'signing-key' : 'password' } });
    }
    if (wanted.databasePassword) {
      const { secretName } = wanted.databasePassword;
      // No secrets, but what the running installation keeps beside them.
      const known = { POSTGRES_DB: { value: context.database }, POSTGRES_USER: { value: context.user } };
      secrets.set(secretName, { ...known, ...secrets.get(secretName) });
    }
    if (wanted.adminPassword) {
      const { secretName } = wanted.adminPassword;
      secrets.set(secretName, { username: { value: context.adminUsername }, ...secrets.get(secretName) });
    }
    // Of accounts and backups that are there before the system.
    const comeFirst = [wanted.repositoryPassword, wanted.adminPassword].map((one) => one?.secretName);
    return [...secrets].map(([name, keys]) => ({
      name,
      labels: labelsOf(this.part),
      ...(comeFirst.includes(name) ? { comesFirst: true } : {}),
      keys,
    }));
  }

  private renderJob(name: string, files: { [name: string]: string }, image: string, imagePullSecrets?: string[]): void {
    const pod = hardenedPod({
      uid: UIDS.synapse,
      imagePullSecrets,
      serviceAccountName: name,
      restartPolicy: 'OnFailure',
      containers: [
        {
          name: 'make-secrets',
          image,
          resources: resources(20, 48, 128),
          command: ['python3', '/config/make-secrets.py', '/config/plan.json'],
          env: PYTHON,
          volumeMounts: [{ name: 'config', mountPath: '/config', readOnly: true }],
          withToken: true,
        },
      ],
      volumes: [configVolume('config', name)],
    });
    renderJob(this, { identity: this.part, name: 'matrix-secrets', files, pod, retries: 12 });
  }
}
