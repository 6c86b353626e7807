import { Construct } from 'constructs';
import { fileBeside, KUBE_PY } from '../kubernetes/files';
import { UIDS } from '../kubernetes/images/image';
import { k8s } from '../kubernetes/k8s';
import { type Identity, labelsOf } from '../kubernetes/metadata/labels';
import { CRON_JOB_NAME_LENGTH, objectName } from '../kubernetes/metadata/names';
import { Traffic } from '../kubernetes/network/traffic';
import { hardenedPod } from '../kubernetes/workloads/hardened-pod';
import { resources } from '../kubernetes/workloads/resources';
import { renderCronJob } from '../kubernetes/workloads/scheduled-job';
import { configVolume } from '../kubernetes/workloads/volumes';
import { renderAccount } from '../kubernetes/workloads/workload-account';
import { PYTHON } from '../python/python';
import type { SystemSecrets } from './system-secrets';

/** What the buttons are made of. */
export interface RotationProps {
  readonly secrets: SystemSecrets;
  /** With Python and signedjson. */
  readonly image: string;
  /** @default - none */
  readonly imagePullSecrets?: string[];
  /** @default - none */
  readonly namePrefix?: string;
}

/** What one button does; see rotate-secrets.py. */
interface RotationPlan {
  readonly secret: string;
  readonly passwords?: string[];
  readonly signingKey?: string;
  readonly oldSigningKeys?: string;
  /** What people notice of it. */
  readonly effect: string;
}

/**
 * A suspended CronJob for each secret of our own that can be exchanged, for `kubectl create job --from=cronjob/matrix-rotate-…`.
 * They share one account, which may change these Secrets and nothing else.
 */
export function renderRotation(scope: Construct, id: string, props: RotationProps): void {
  const group = new Construct(scope, id);
  const { namePrefix } = props;
  const name = objectName(namePrefix, 'matrix-rotate');
  const identity: Identity = { app: name, component: 'secret-rotation', namePrefix };
  const plans = rotationPlans(props.secrets);
  new k8s.KubeConfigMap(group, 'Config', {
    metadata: { name, labels: labelsOf(identity) },
    data: {
      'kube.py': KUBE_PY,
      'new_values.py': fileBeside(__dirname, 'new_values.py'),
      'rotate-secrets.py': fileBeside(__dirname, 'rotate-secrets.py'),
      'plan.json': `${JSON.stringify(plans, null, 2)}\n`,
    },
  });
  const names = [...new Set(Object.values(plans).map(({ secret }) => secret))];
  renderAccount(group, identity, [
    { apiGroups: [''], resources: ['secrets'], resourceNames: names, verbs: ['get', 'patch'] },
  ]);
  new Traffic(group, 'Traffic', identity).allowKubernetesApi();
  for (const what of Object.keys(plans)) {
    renderCronJob(group, what, {
      identity,
      name: objectName(namePrefix, `matrix-rotate-${what}`, CRON_JOB_NAME_LENGTH),
      deadline: 300,
      pod: rotationPod(name, what, props),
    });
  }
}

function rotationPlans({ oldSigningKeys, ...secrets }: SystemSecrets): { [what: string]: RotationPlan } {
  const { registrationSharedSecret, macaroonSecretKey, formSecret, signingKey } = secrets;
  const { databasePassword, backupPassword } = secrets;
  return {
    registration: {
      secret: registrationSharedSecret.secretName,
      passwords: [registrationSharedSecret.key],
      effect: 'Restart UserService and AgencyService: until then they cannot register anybody.',
    },
    ...(databasePassword && backupPassword
      ? {
          database: {
            secret: databasePassword.secretName,
            passwords: [databasePassword.key, backupPassword.key],
            effect: 'Synapse is away for some seconds when it starts anew.',
          },
        }
      : {}),
    macaroon: {
      secret: macaroonSecretKey.secretName,
      passwords: [macaroonSecretKey.key, formSecret.key],
      effect:
        'Nobody is logged out: access tokens are in the database. Guests are, log-ins through a provider that are under way begin again, ' +
        'and links in mails that were sent are void.',
    },
    ...(oldSigningKeys
      ? {
          'signing-key': {
            secret: signingKey.secretName,
            signingKey: signingKey.key,
            oldSigningKeys: oldSigningKeys.key,
            effect: 'What was signed before stays valid: other servers find the old key among the expired ones.',
          },
        }
      : {}),
  };
}

function rotationPod(name: string, what: string, { image, imagePullSecrets }: RotationProps): k8s.PodSpec {
  return hardenedPod({
    uid: UIDS.synapse,
    imagePullSecrets,
    serviceAccountName: name,
    restartPolicy: 'Never',
    containers: [
      {
        name: 'rotate',
        image,
        resources: resources(20, 48, 128),
        command: ['python3', '/config/rotate-secrets.py', '/config/plan.json', what],
        env: PYTHON,
        volumeMounts: [{ name: 'config', mountPath: '/config', readOnly: true }],
        withToken: true,
      },
    ],
    volumes: [configVolume('config', name)],
  });
}
