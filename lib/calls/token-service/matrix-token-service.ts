import { Duration } from 'cdk8s';
import { Construct } from 'constructs';
import type { ISiteServer } from '../../edge';
import { checked } from '../../kubernetes/checks/checked';
import { k8s } from '../../kubernetes/k8s';
import { labelsOf, selectorLabels, type WorkloadLabels } from '../../kubernetes/metadata/labels';
import { type IPeer, Peer } from '../../kubernetes/network/peer';
import { Service } from '../../kubernetes/network/service';
import { Traffic } from '../../kubernetes/network/traffic';
import { resources as amounts } from '../../kubernetes/workloads/resources';
import { checkedReplicas, RollingDeployment } from '../../kubernetes/workloads/rolling-deployment';
import { seriesOf } from '../../monitoring/expressions';
import type { IMonitored, Monitored } from '../../monitoring/monitored';
import type { IMatrixHomeserver } from '../../synapse';
import type { System } from '../../system';
import type { ILivekit } from '../livekit/livekit';
import { CallIdentity } from './call-identity';
import { FederatedUsers } from './federated-users';
import { tokenServiceAlerts } from './monitored/alerts';
import { type ProgramSettings, programFiles } from './program-files';
import { checkedLookupToken, checkedSeconds, checkServers } from './token-service-checks';
import type { TokenServiceOptions } from './token-service-options';
import { METRICS, SECRETS, TOKENS, tokenServicePod } from './token-service-pod';

/** Props of {@link MatrixTokenService}. */
export interface MatrixTokenServiceProps extends TokenServiceOptions {
  /** The system. */
  readonly system: System;
  /** The homeserver, with `membershipLookup: true`. */
  readonly homeserver: IMatrixHomeserver;
  /** The SFU. */
  readonly livekit: ILivekit;
}

/**
 * Lets the members of a Matrix room into the room's calls, and removes participants who have left the room.
 *
 * An independent implementation of the contract of Element's lk-jwt-service, which checks membership too.
 *
 * @see https://github.com/element-hq/lk-jwt-service
 */
@checked
export class MatrixTokenService extends Construct implements ISiteServer, IMonitored, IPeer {
  /** Name of its Service. */
  public readonly host: string;
  /** Port of its Service and its pods. */
  public readonly port = TOKENS.number;
  /** Its pods as one side of a connection. */
  public readonly peer: Peer;
  public readonly monitored: Monitored;
  private readonly traffic: Traffic;

  constructor(scope: Construct, id: string, props: MatrixTokenServiceProps) {
    super(scope, id);
    const { system, homeserver, livekit } = props;
    const secrets = { livekit_secret: livekit.apiSecret, as_token: checkedLookupToken(homeserver) };
    const settings = programSettings(props);
    const workload = system.labels('livekit-token-service', 'calls');
    this.host = workload.app;
    this.traffic = new Traffic(this, 'Traffic', workload);
    this.peer = this.traffic.peer;
    this.declareTraffic(props);
    const config = this.renderConfig(workload, programFiles(settings));
    const pod = tokenServicePod({
      system,
      configMapName: config.name,
      secrets,
      resources: props.resources ?? amounts(10, 64, 192),
      selector: selectorLabels(workload),
    });
    const replicas = checkedReplicas('replicas of the token service', props.replicas ?? 2, 2);
    const object = new RollingDeployment(this, 'Default', { workload, replicas, configMaps: [config], pod });
    new Service(this, 'Service', { workload, name: this.host, ports: [TOKENS] });
    const alerts = tokenServiceAlerts(seriesOf(this, workload));
    this.monitored = { part: 'call-tokens', ports: [{ workload, object, port: METRICS }], alerts };
  }

  /** Allows connections from the edge, or from the webhooks of the SFU. */
  public allowFrom(client: IPeer): void {
    this.traffic.allowFrom(client, { name: 'tokens', number: this.port });
  }

  /** Allows a collector to read the metrics. */
  public allowMetricsFrom(collector: IPeer): void {
    this.traffic.allowFrom(collector, METRICS);
  }

  private declareTraffic({ homeserver, livekit, federatedUsers }: MatrixTokenServiceProps): void {
    this.traffic.allowDns();
    homeserver.allowLookupsFrom(this);
    livekit.allowApiFrom(this);
    const urls = (federatedUsers?._servers ?? []).map(({ url }) => new URL(url));
    const ports = new Set(urls.map(({ protocol, port }) => Number(port || (protocol === 'https:' ? 443 : 80))));
    if (ports.size > 0) {
      const open = [...ports].map((number) => ({ name: `openid-${number}`, number }));
      this.traffic.allowTo(Peer.INTERNET, 'openid', ...open);
    }
  }

  private renderConfig(workload: WorkloadLabels, data: { [name: string]: string }): k8s.KubeConfigMap {
    return new k8s.KubeConfigMap(this, 'Config', {
      metadata: { name: workload.app, labels: labelsOf(workload) },
      data,
    });
  }
}

function programSettings(props: MatrixTokenServiceProps): ProgramSettings {
  const { system, homeserver, livekit, identity = CallIdentity.USER_AND_DEVICE } = props;
  const { _servers, _publishes } = props.federatedUsers ?? FederatedUsers.none();
  checkServers(_servers, system.serverName);
  const { host, clientPort, federationPort } = homeserver;
  const others = _servers.map(({ serverName, url }) => [serverName, { openIdUrl: url, publishes: _publishes }]);
  return {
    port: TOKENS.number,
    metricsPort: METRICS.number,
    // The edge replaces what clients and other proxies have written.
    addressHops: 1,
    homeserverUrl: `http://${host}:${clientPort}`,
    servers: {
      [system.serverName]: { openIdUrl: `http://${host}:${federationPort}`, publishes: true },
      ...Object.fromEntries(others),
    },
    livekitUrl: livekit.publicUrl,
    livekitApiUrl: `http://${livekit.apiHost}:${livekit.apiPort}`,
    livekitKeyName: livekit.apiKeyName,
    secretsFolder: SECRETS,
    identity,
    tokenLifetime: checkedSeconds(
      'tokenLifetime of the token service',
      props.tokenLifetime,
      Duration.minutes(2),
      [30, 300],
    ),
    openIdReuse: checkedSeconds('openIdReuse of the token service', props.openIdReuse, Duration.minutes(5), [10, 3600]),
  };
}
