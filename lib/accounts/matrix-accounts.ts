import { Construct } from 'constructs';
import { fileBeside } from '../kubernetes/files';
import { type ImageOptions, imageOf, UIDS } from '../kubernetes/images/image';
import { k8s } from '../kubernetes/k8s';
import { type Identity, labelsOf } from '../kubernetes/metadata/labels';
import { objectName } from '../kubernetes/metadata/names';
import { checkUniqueNames } from '../kubernetes/metadata/objects';
import type { IPeer, Peer } from '../kubernetes/network/peer';
import { Traffic } from '../kubernetes/network/traffic';
import { checkedSecretKey, type ISecretKey } from '../kubernetes/secret-key';
import { hardenedPod } from '../kubernetes/workloads/hardened-pod';
import { renderJob } from '../kubernetes/workloads/one-shot-job';
import { resources } from '../kubernetes/workloads/resources';
import { configVolume, secretsVolume } from '../kubernetes/workloads/volumes';
import { PYTHON } from '../python/python';
import type { SystemSecrets } from '../secrets/system-secrets';
import { ADMIN_USERNAME, checkedAdminUsername, checkedServiceAccounts } from './account-names';
import type { AccountsOptions } from './accounts-options';

/** Where client and admin API are, for pods. */
export interface HomeserverAddress {
  readonly host: string;
  readonly port: number;
}

/** Props of {@link MatrixAccounts}. */
export interface MatrixAccountsProps extends AccountsOptions, ImageOptions {
  /** Whoever is there must let the accounts' pod in. */
  readonly homeserver: HomeserverAddress;
  readonly serverName: string;
  /** With `adminPassword`. */
  readonly secrets: SystemSecrets;
  /** @default - none */
  readonly namePrefix?: string;
}

const SECRETS = '/secrets';

/** Long enough for a platform that is set up at the same time; tried four times. */
const PATIENCE = 1200;

/**
 * The first administrator, with its password in a Secret, and the platform's own accounts without rate limits: a Job that changes nothing
 * when it runs again.
 */
export class MatrixAccounts extends Construct implements IPeer {
  public readonly peer: Peer;
  /** Local part of the first administrator. */
  public readonly adminUsername: string;
  public readonly adminPassword: ISecretKey;

  constructor(scope: Construct, id: string, props: MatrixAccountsProps) {
    super(scope, id);
    checkUniqueNames(this);
    this.adminUsername = checkedAdminUsername(props.adminUsername ?? ADMIN_USERNAME, props.serverName);
    this.adminPassword = adminPasswordOf(props.secrets);
    const serviceAccounts = checkedServiceAccounts(props.serviceAccounts ?? [], props.serverName);
    const name = objectName(props.namePrefix, 'matrix-accounts');
    const part: Identity = { app: name, component: 'accounts', namePrefix: props.namePrefix };
    const traffic = new Traffic(this, 'Traffic', part);
    this.peer = traffic.peer;
    traffic.allowDns();
    const files = { 'accounts.py': fileBeside(__dirname, 'accounts.py') };
    new k8s.KubeConfigMap(this, 'Config', { metadata: { name, labels: labelsOf(part) }, data: files });
    const pod = this.pod(name, serviceAccounts, props);
    renderJob(this, { identity: part, name: 'matrix-accounts', files, pod, retries: 3 });
  }

  private pod(name: string, serviceAccounts: string[], props: MatrixAccountsProps): k8s.PodSpec {
    const { homeserver, secrets } = props;
    const values = {
      HOMESERVER: `http://${homeserver.host}:${homeserver.port}`,
      ADMIN: this.adminUsername,
      FOLDER: SECRETS,
      // Kubernetes drops an empty value, so that applying again would seem a change.
      ...(serviceAccounts.length > 0 ? { SERVICE_ACCOUNTS: serviceAccounts.join(' ') } : {}),
      PATIENCE: String(PATIENCE),
    };
    return hardenedPod({
      uid: UIDS.synapse,
      imagePullSecrets: props.imagePullSecrets,
      // Pods that failed stay, with what they said.
      restartPolicy: 'Never',
      containers: [
        {
          name: 'accounts',
          image: imageOf('synapse', props),
          resources: resources(10, 32, 128),
          command: ['python3', '/config/accounts.py'],
          env: [...PYTHON, ...Object.entries(values).map(([key, value]) => ({ name: key, value }))],
          volumeMounts: [
            { name: 'config', mountPath: '/config', readOnly: true },
            { name: 'secrets', mountPath: SECRETS, readOnly: true },
          ],
        },
      ],
      volumes: [
        configVolume('config', name),
        secretsVolume('secrets', {
          registration_shared_secret: checkedSecretKey(secrets.registrationSharedSecret, 'registrationSharedSecret'),
          admin_password: this.adminPassword,
        }),
      ],
    });
  }
}

function adminPasswordOf({ adminPassword }: SystemSecrets): ISecretKey {
  if (!adminPassword) {
    throw new Error(
      "accounts need adminPassword: add it to MatrixSecrets.existing({...}), as SecretKey.of('matrix-admin-secret', 'password'), " +
        'or adminUsername to what generated() and external() are bound with: bind(…, { adminUsername }); or leave adminUsername, serviceAccounts and withAccounts out',
    );
  }
  return checkedSecretKey(adminPassword, 'adminPassword');
}
