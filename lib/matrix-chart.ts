import { Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import { Accounts, type MatrixAccounts } from './accounts';
import { BackupRepository, Backups, type MatrixBackups } from './backups';
import { Calls, type MatrixCalls } from './calls';
import { type ITurn, Turn } from './calls/turn';
import { Discovery, type MatrixDiscovery } from './discovery';
import { type EdgeOptions, MatrixEdge } from './edge';
import { checked } from './kubernetes/checks/checked';
import { checkedNamespace } from './kubernetes/metadata/names';
import type { MatrixChartProps } from './matrix-chart-props';
import { Monitoring } from './monitoring';
import { type IMatrixDatabase, Postgres } from './postgres';
import { MatrixSynapse, type SynapseOptions, type Workers } from './synapse';
import { type MatrixSyntheticUser, SyntheticUser, type SyntheticUserContext } from './synthetic-user';
import { System } from './system';
import { type MatrixUpkeep, Upkeep } from './upkeep';
import { type MatrixWebClient, WebClient } from './web-client';

/** A whole Matrix system in one namespace. To combine the parts differently, add them to a Chart of your own. */
@checked
export class MatrixChart extends Chart {
  /** The names, addresses, images and secrets that all parts share. */
  public readonly system: System;
  /** The database. */
  public readonly postgres: IMatrixDatabase;
  /** The TURN server of calls; undefined with `Turn.none()`. */
  public readonly turn?: ITurn;
  /** Calls in rooms; undefined with `Calls.none()`. */
  public readonly calls?: MatrixCalls;
  /** The homeserver. */
  public readonly synapse: MatrixSynapse;
  /** The server of `/.well-known/matrix`; undefined with `Discovery.none()`. */
  public readonly discovery?: MatrixDiscovery;
  /** The web client; undefined with `WebClient.none()`. */
  public readonly webClient?: MatrixWebClient;
  /** The reverse proxies in front of the homeserver. */
  public readonly edge: MatrixEdge;
  /** The Job that creates the first accounts; undefined with `Accounts.none()`. */
  public readonly accounts?: MatrixAccounts;
  /** The backups; undefined with `Backups.none()`. */
  public readonly backups?: MatrixBackups;
  /** The program that uses the system as people do; undefined with `SyntheticUser.none()`. */
  public readonly syntheticUser?: MatrixSyntheticUser;
  /** The CronJob that deletes what its props name; undefined with `Upkeep.none()`. */
  public readonly upkeep?: MatrixUpkeep;

  constructor(scope: Construct, id: string, props: MatrixChartProps) {
    super(scope, id, { namespace: checkedNamespace('namespace', props.namespace), disableResourceNameHashes: true });
    const system = this.renderSystem(props);
    this.system = system;
    this.postgres = (props.postgres ?? Postgres.inCluster())._render(this, 'Postgres', system);
    this.turn = (props.turn ?? Turn.none())._render(this, 'Turn', system);
    const kind = props.calls ?? Calls.none();
    this.synapse = this.renderSynapse(props.synapse ?? {}, kind._serviceUrl, props.workers);
    this.calls = kind._render(this, 'Calls', system, this.synapse);
    this.discovery = (props.discovery ?? Discovery.served())._render(this, 'Discovery', system, kind._serviceUrl);
    this.webClient = (props.webClient ?? WebClient.none())._render(this, 'WebClient', system, kind._serviceUrl);
    this.edge = this.renderEdge(props.edge ?? {});
    this.accounts = (props.accounts ?? Accounts.managed())._render(this, 'Accounts', system, {
      host: this.edge.adminHost,
      port: this.edge.adminPort,
      registrationSecret: this.synapse.secretFiles.registration_shared_secret,
      accountsBlockedBy: this.synapse.accountsBlockedBy,
    });
    if (this.accounts) {
      this.edge.allowAdminFrom(this.accounts);
    }
    this.backups = (props.backups ?? Backups.to(BackupRepository.claim()))._render(this, 'Backups', {
      system,
      database: this.postgres,
      homeserver: this.synapse,
      furtherSecrets: this.accounts ? [this.accounts.adminPassword] : [],
    });
    const monitoring = props.monitoring ?? Monitoring.none();
    const parts = this.parts();
    this.syntheticUser = (props.syntheticUser ?? SyntheticUser.none())._render(this, 'SyntheticUser', parts);
    monitoring._checkReads(this.syntheticUser);
    this.upkeep = (props.upkeep ?? Upkeep.none())._render(this, 'Upkeep', parts);
    const { edge, synapse, postgres, calls, backups, syntheticUser, upkeep } = this;
    const watched = [edge, synapse, postgres.watched, ...(calls?.watched ?? []), backups, syntheticUser, upkeep];
    monitoring._render(this, 'Monitoring', { system, parts: watched.filter((part) => part !== undefined) });
  }

  private renderSystem(props: MatrixChartProps): System {
    return new System(this, 'System', {
      serverName: props.serverName,
      publicBaseUrl: props.publicBaseUrl,
      federationHost: props.federationHost,
      allowIpServerName: props.allowIpServerName,
      size: props.size,
      storageClass: props.storageClass,
      namePrefix: props.namePrefix,
      images: props.images,
      secrets: props.secrets,
      pods: props.pods,
    });
  }

  private renderSynapse(options: SynapseOptions, callServiceUrl?: string, workers?: Workers): MatrixSynapse {
    return new MatrixSynapse(this, 'Synapse', {
      system: this.system,
      database: this.postgres,
      workers,
      config: options.config,
      secretConfig: options.secretConfig,
      federation: options.federation,
      oidcProviders: options.oidcProviders,
      caCertificates: options.caCertificates,
      turn: this.turn?.server,
      callServiceUrl,
      membershipLookup: callServiceUrl !== undefined,
      unauthenticatedMedia: options.unauthenticatedMedia,
      afterOutOfBandRestore: options.afterOutOfBandRestore,
      media: options.media,
      mediaStorage: options.mediaStorage,
      ports: options.ports,
      resources: options.resources,
    });
  }

  private renderEdge(options: EdgeOptions): MatrixEdge {
    return new MatrixEdge(this, 'Edge', {
      system: this.system,
      homeserver: this.synapse,
      discovery: this.discovery,
      entry: options.entry,
      allowedClients: options.allowedClients,
      allowedAdmins: options.allowedAdmins,
      allowedFederationClients: options.allowedFederationClients,
      trustedProxies: options.trustedProxies,
      proxyHops: options.proxyHops,
      nodePort: options.nodePort,
      mediaHosts: options.mediaHosts,
      sites: [...(options.sites ?? []), ...(this.calls?.sites ?? []), ...(this.webClient ? [this.webClient.site] : [])],
      replicas: options.replicas,
      resources: options.resources,
    });
  }

  private parts(): SyntheticUserContext {
    const { system, synapse: homeserver, edge, discovery, accounts } = this;
    const administrator = accounts && { username: accounts.adminUsername, password: accounts.adminPassword };
    return { system, homeserver, edge, discovery, administrator };
  }
}
