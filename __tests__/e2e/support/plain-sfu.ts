import { Construct } from 'constructs';
import type { ILivekit, IPeer, ISecretKey, System } from '../../../lib';
import { k8s } from '../../../lib/kubernetes/k8s';
import type { Peer } from '../../../lib/kubernetes/network/peer';
import { Service } from '../../../lib/kubernetes/network/service';
import { Traffic } from '../../../lib/kubernetes/network/traffic';
import { resources } from '../../../lib/kubernetes/workloads/resources';
import { SingletonDeployment } from '../../../lib/kubernetes/workloads/singletons';
import { SecretKind } from '../../../lib/secrets/secret-request';

const API = { name: 'api', number: 7880 };

/** LiveKit within the cluster, for tests of what asks it. */
export class PlainSfu extends Construct implements ILivekit {
  public readonly publicUrl = 'wss://calls.test/livekit/sfu';
  public readonly host: string;
  public readonly apiHost: string;
  public readonly apiPort = API.number;
  public readonly apiKeyName = 'matrix';
  public readonly apiSecret: ISecretKey;
  public readonly peer: Peer;
  private readonly traffic: Traffic;

  constructor(scope: Construct, id: string, system: System, webhook: string) {
    super(scope, id);
    const workload = system.labels('livekit', 'calls');
    this.host = workload.app;
    this.apiHost = `${this.host}-api`;
    this.apiSecret = system.secret('livekit-secret', 'api_secret', SecretKind.PASSWORD, { alias: 'livekitApiSecret' });
    this.traffic = new Traffic(this, 'Traffic', workload);
    this.peer = this.traffic.peer;
    this.traffic.allowDns();
    const { secretName: name, key } = this.apiSecret;
    const config = {
      port: API.number,
      keys: { [this.apiKeyName]: '$(API_SECRET)' },
      room: { auto_create: false },
      logging: { json: true, level: 'error', pion_level: 'error' },
      rtc: { udp_port: 7882, tcp_port: 7881 },
      webhook: { api_key: this.apiKeyName, urls: [webhook] },
    };
    const pod = system._pod({
      uid: 10030,
      containers: [
        {
          name: 'sfu',
          image: 'docker.io/livekit/livekit-server:v1.13.5',
          resources: resources(10, 64, 256),
          command: ['/livekit-server'],
          env: [
            { name: 'API_SECRET', valueFrom: { secretKeyRef: { name, key } } },
            { name: 'NODE_IP', valueFrom: { fieldRef: { fieldPath: 'status.podIP' } } },
            { name: 'LIVEKIT_CONFIG', value: JSON.stringify(config) },
          ],
          ports: [{ name: API.name, containerPort: API.number }],
          readinessProbe: { httpGet: { path: '/', port: k8s.IntOrString.fromString(API.name) }, periodSeconds: 1 },
        },
      ],
      volumes: [],
    });
    new SingletonDeployment(this, 'Default', { workload, configMaps: [], pod });
    new Service(this, 'Service', { workload, name: this.host, ports: [API] });
    new Service(this, 'Api', { workload, name: this.apiHost, ports: [API], publishNotReadyAddresses: true });
  }

  public allowApiFrom(client: IPeer): void {
    this.traffic.allowFrom(client, API);
  }
}
