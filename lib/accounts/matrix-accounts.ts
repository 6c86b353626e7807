import { Construct } from 'constructs';
import { fileBeside } from '../kubernetes/files';
import { k8s } from '../kubernetes/k8s';
import { labelsOf, type WorkloadLabels } from '../kubernetes/metadata/labels';
import type { IPeer, Peer } from '../kubernetes/network/peer';
import { Traffic } from '../kubernetes/network/traffic';
import { checkedSecretKey, type ISecretKey } from '../kubernetes/secret-key';
import { OneShotJob } from '../kubernetes/workloads/one-shot-job';
import { resources } from '../kubernetes/workloads/resources';
import { configVolume, secretsVolume } from '../kubernetes/workloads/volumes';
import { PYTHON, SYNAPSE_API } from '../python/python';
import { SYNAPSE_IMAGE } from '../python/synapse-image';
import { SecretKind } from '../secrets/secret-request';
import type { System } from '../system';
import { ADMIN_USERNAME, checkedAdminUsername, checkedUnlimited } from './account-names';
import type { AccountsOptions } from './accounts-options';

/** Where client and admin API are, for pods that are let in there, and what registers accounts. */
export interface HomeserverAccess {
  readonly host: string;
  readonly port: number;
  /** The shared secret of registration. */
  readonly registrationSecret: ISecretKey;
  /**
   * The setting that keeps accounts from being registered or from logging in with a password; `MatrixSynapse` tells.
   *
   * @default - nothing does
   */
  readonly accountsBlockedBy?: string;
}

/** Props of {@link MatrixAccounts}. */
export interface MatrixAccountsProps extends AccountsOptions {
  readonly system: System;
  /** What is there must let the accounts' pod in. */
  readonly homeserver: HomeserverAccess;
}

const SECRETS = '/secrets';

/** Seconds; long enough for a platform that is set up at the same time. Tried four times. */
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
  private readonly workload: WorkloadLabels;

  constructor(scope: Construct, id: string, props: MatrixAccountsProps) {
    super(scope, id);
    const { system, homeserver } = props;
    checkAccess(homeserver);
    this.adminUsername = checkedAdminUsername(props.adminUsername ?? ADMIN_USERNAME, system.serverName);
    const unlimited = checkedUnlimited(props.unlimited ?? [], system.serverName);
    this.adminPassword = system.secret('matrix-admin-secret', 'password', SecretKind.PASSWORD, {
      alias: 'adminPassword',
      beside: { username: this.adminUsername },
      mayComeFirst: true,
    });
    this.workload = system.labels('matrix-accounts', 'accounts');
    const traffic = new Traffic(this, 'Traffic', this.workload);
    this.peer = traffic.peer;
    traffic.allowDns();
    const settings = {
      homeserver: `http://${homeserver.host}:${homeserver.port}`,
      administrator: this.adminUsername,
      unlimited,
      patience: PATIENCE,
      secretsFolder: SECRETS,
    };
    this.renderJob(props, {
      ...SYNAPSE_API,
      'accounts.py': fileBeside(__dirname, 'accounts.py'),
      'settings.json': `${JSON.stringify(settings, null, 2)}\n`,
    });
  }

  private renderJob({ system, homeserver }: MatrixAccountsProps, files: { [name: string]: string }): void {
    const { workload } = this;
    new k8s.KubeConfigMap(this, 'Config', {
      metadata: { name: workload.app, labels: labelsOf(workload) },
      data: files,
    });
    new OneShotJob(this, 'Default', {
      workload,
      name: 'matrix-accounts',
      files: () => files,
      pod: this.pod(system, homeserver.registrationSecret),
      retries: 3,
    });
  }

  private pod(system: System, registrationSecret: ISecretKey): k8s.PodSpec {
    return system._pod({
      uid: SYNAPSE_IMAGE.uid,
      // Pods that failed stay, with what they said.
      restartPolicy: 'Never',
      containers: [
        {
          name: 'accounts',
          image: system.image(SYNAPSE_IMAGE),
          resources: resources(10, 32, 128),
          command: ['python3', '/config/accounts.py'],
          env: PYTHON,
          volumeMounts: [
            { name: 'config', mountPath: '/config', readOnly: true },
            { name: 'secrets', mountPath: SECRETS, readOnly: true },
          ],
        },
      ],
      volumes: [
        configVolume('config', this.workload.app),
        secretsVolume('secrets', {
          registration_shared_secret: checkedSecretKey(registrationSecret, 'registrationSecret'),
          admin_password: this.adminPassword,
        }),
      ],
    });
  }
}

function checkAccess({ accountsBlockedBy }: HomeserverAccess): void {
  if (accountsBlockedBy) {
    throw new Error(
      `the homeserver setting '${accountsBlockedBy}' was given, but the accounts Job registers the administrator by shared secret and logs in ` +
        'with its password: use accounts: Accounts.none(), or leave MatrixAccounts out of a chart of your own',
    );
  }
}
