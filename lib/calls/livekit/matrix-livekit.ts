import { Construct } from 'constructs';
import { checked } from '../../kubernetes/checks/checked';
import { k8s } from '../../kubernetes/k8s';
import { labelsOf, type WorkloadLabels } from '../../kubernetes/metadata/labels';
import { type IPeer, Peer } from '../../kubernetes/network/peer';
import { Traffic } from '../../kubernetes/network/traffic';
import type { ISecretKey } from '../../kubernetes/secret-key';
import { SingletonDeployment } from '../../kubernetes/workloads/singletons';
import { seriesOf } from '../../monitoring/expressions';
import type { IMonitored, Monitored } from '../../monitoring/monitored';
import { SecretKind } from '../../secrets/secret-request';
import type { ILivekit } from './livekit';
import { checkLivekit } from './livekit-checks';
import { API_KEY_NAME, LIVEKIT_PORTS, livekitConfig } from './livekit-config';
import type { MatrixLivekitProps } from './livekit-options';
import { livekitPod, mediaPorts } from './livekit-pod';
import { apiService, livekitServices } from './livekit-services';
import { livekitAlerts } from './monitored/alerts';

/**
 * LiveKit, the SFU of calls: one pod, because a call is on one pod, and the ports of the node are taken.
 *
 * @see https://docs.livekit.io/home/self-hosting/deployment/
 */
@checked
export class MatrixLivekit extends Construct implements ILivekit, IMonitored {
  public readonly publicUrl: string;
  public readonly host: string;
  public readonly apiHost: string;
  public readonly apiPort = LIVEKIT_PORTS.api.number;
  public readonly apiKeyName = API_KEY_NAME;
  public readonly apiSecret: ISecretKey;
  /** Its pod as one side of a connection. */
  public readonly peer: Peer;
  public readonly monitored: Monitored;
  private readonly workload: WorkloadLabels;
  private readonly traffic: Traffic;

  constructor(scope: Construct, id: string, props: MatrixLivekitProps) {
    super(scope, id);
    checkLivekit(props);
    const { system } = props;
    this.workload = system.labels('livekit', 'calls');
    this.host = this.workload.app;
    this.apiHost = apiService(system);
    this.publicUrl = `wss://${props.publicHost}/livekit/sfu`;
    this.apiSecret = system.secret('livekit-secret', 'api_secret', SecretKind.PASSWORD, {
      alias: 'livekitApiSecret',
      avoidedBy: 'calls: Calls.none()',
    });
    this.traffic = new Traffic(this, 'Traffic', this.workload);
    this.peer = this.traffic.peer;
    this.declareTraffic(props);
    const ports = [{ workload: this.workload, object: this.renderServer(props), port: LIVEKIT_PORTS.metrics }];
    this.monitored = { part: 'calls', ports, alerts: livekitAlerts(seriesOf(this, this.workload)) };
    livekitServices(this, this.workload, props);
  }

  public allowApiFrom(client: IPeer): void {
    this.traffic.allowFrom(client, LIVEKIT_PORTS.api);
  }

  /** Allows a collector to read the metrics. */
  public allowMetricsFrom(collector: IPeer): void {
    this.traffic.allowFrom(collector, LIVEKIT_PORTS.metrics);
  }

  private declareTraffic(props: MatrixLivekitProps): void {
    const { entry, relayPort } = props;
    this.traffic.allowDns();
    this.traffic.allowFrom(Peer.ANYONE, ...mediaPorts(props));
    if (relayPort) {
      const media = { name: 'relayed', number: entry._udpPort, protocol: 'UDP' };
      this.traffic.allowTo(Peer.addresses(`${entry._publicAddress}/32`), 'relayed', media);
      // Where a policy sees the address after the node port's translation.
      this.traffic.allowFrom(this, media);
    }
  }

  private renderServer(props: MatrixLivekitProps): SingletonDeployment {
    const { workload } = this;
    const metadata = { name: `${workload.app}-config`, labels: labelsOf(workload) };
    const data = { 'livekit.yaml': livekitConfig(props) };
    const config = new k8s.KubeConfigMap(this, 'Config', { metadata, data });
    const pod = livekitPod(props, config.name, this.apiSecret);
    return new SingletonDeployment(this, 'Default', { workload, configMaps: [config], pod });
  }
}
