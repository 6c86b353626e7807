import { Construct } from 'constructs';
import { checked } from '../kubernetes/checks/checked';
import { fileBeside } from '../kubernetes/files';
import { k8s } from '../kubernetes/k8s';
import { labelsOf, type WorkloadLabels } from '../kubernetes/metadata/labels';
import type { IPeer, Peer } from '../kubernetes/network/peer';
import { Traffic } from '../kubernetes/network/traffic';
import { checkedSecretKey, type ISecretKey } from '../kubernetes/secret-key';
import { OneShotJob } from '../kubernetes/workloads/one-shot-job';
import { resources as amounts } from '../kubernetes/workloads/resources';
import { SYNAPSE_API } from '../python/python';
import { pythonPod, SECRETS_FOLDER } from '../python/python-pod';
import { SecretKind } from '../secrets/secret-request';
import type { System } from '../system';
import { ADMIN_USERNAME, checkedAdminUsername, checkedUnlimited } from './account-names';
import type { AccountsOptions } from './accounts-options';

/** The address of the client and admin API, and the secret to register accounts. */
export interface HomeserverAccess {
  /** Host of the client and admin API, without TLS. */
  readonly host: string;
  /** Port of the client and admin API. */
  readonly port: number;
  /** The homeserver's registration shared secret. */
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
  /** The system. */
  readonly system: System;
  /** Access to the homeserver, whose network policy must allow the accounts' pod. */
  readonly homeserver: HomeserverAccess;
}

/** Seconds per attempt, of which there are four: enough for a platform that is installed at the same time. */
const PATIENCE = 1200;

/**
 * A Job that creates the first administrator and removes the rate limits of the platform's own accounts.
 *
 * The administrator's password is in a Secret. The Job changes nothing when it runs again.
 */
@checked
export class MatrixAccounts extends Construct implements IPeer {
  /** Its pods as one side of a connection. */
  public readonly peer: Peer;
  /** Local part of the first administrator. */
  public readonly adminUsername: string;
  /** Password of the first administrator. */
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
      avoidedBy: 'accounts: Accounts.none()',
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
      secretsFolder: SECRETS_FOLDER,
    };
    this.renderJob(props, {
      ...SYNAPSE_API,
      'accounts.py': fileBeside(__dirname, 'accounts.py'),
      'settings.json': `${JSON.stringify(settings, null, 2)}\n`,
    });
  }

  private renderJob({ system, homeserver, resources }: MatrixAccountsProps, files: { [name: string]: string }): void {
    const { workload } = this;
    const config = new k8s.KubeConfigMap(this, 'Config', {
      metadata: { name: workload.app, labels: labelsOf(workload) },
      data: files,
    });
    new OneShotJob(this, 'Default', {
      workload,
      name: 'matrix-accounts',
      configMaps: [config],
      pod: pythonPod(system, {
        name: 'accounts',
        program: 'accounts.py',
        configMapName: config.name,
        secrets: {
          registration_shared_secret: checkedSecretKey(homeserver.registrationSecret, 'registrationSecret'),
          admin_password: this.adminPassword,
        },
        resources: resources ?? amounts(10, 32, 128),
      }),
      retries: 3,
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
