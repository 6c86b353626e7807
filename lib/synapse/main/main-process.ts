import { type ApiObject, Lazy } from 'cdk8s';
import { Construct } from 'constructs';
import type { HomeserverSettings } from '../../../imports/homeserver';
import { k8s } from '../../kubernetes/k8s';
import { labelsOf, type WorkloadLabels } from '../../kubernetes/metadata/labels';
import { Service } from '../../kubernetes/network/service';
import { Traffic } from '../../kubernetes/network/traffic';
import { besideAffinity, nearAffinity } from '../../kubernetes/workloads/affinity';
import { SingletonDeployment } from '../../kubernetes/workloads/singletons';
import { VolumeClaim } from '../../kubernetes/workloads/volume-claim';
import { POOL } from '../deployment-settings';
import type { IMatrixHomeserver } from '../homeserver';
import { declareOutwardTraffic } from '../integrations/outward-traffic';
import { allowBucket } from '../media/media-bucket';
import { MediaOffload } from '../media/media-offload';
import { REPLICATION_PORT, type SynapsePorts } from '../ports';
import type { MatrixSynapseProps } from '../synapse-options';
import { mainPod } from './main-pod';

/** Props of {@link MainProcess}. */
export interface MainProcessProps {
  readonly homeserver: IMatrixHomeserver;
  readonly options: MatrixSynapseProps;
  readonly workload: WorkloadLabels;
  readonly ports: Required<SynapsePorts>;
  /** Settings of homeserver.yaml. */
  readonly settings: HomeserverSettings;
  /** Files of the folder that Synapse reads its configuration from. */
  readonly files: { [name: string]: string };
}

/** The main process of Synapse with its claim, its Service and the configuration of all processes. */
export class MainProcess extends Construct {
  /** The Deployment. */
  public readonly object: ApiObject;
  /** The configuration. */
  public readonly configMap: ApiObject;
  /** Its policy. */
  public readonly traffic: Traffic;
  /** What keeps the claim small. Undefined unless media are in a bucket. */
  public readonly offload?: MediaOffload;
  private affinity?: k8s.Affinity;
  /** Whether a new pod can use the claim while the old one is there. */
  private standsBy: boolean;
  private moved: { [name: string]: string } = {};

  constructor(scope: Construct, id: string, props: MainProcessProps) {
    super(scope, id);
    const { homeserver, options, workload, ports, settings, files } = props;
    const replicates = settings.instance_map !== undefined;
    this.traffic = new Traffic(this, 'Traffic', workload);
    // One more holds the lock of the database.
    options.database.allowFrom(this.traffic, POOL.max + 1);
    declareOutwardTraffic(this.traffic, options, settings);
    const bucket = options.media?._bucket;
    if (settings.enable_media_repo !== false) {
      allowBucket(this.traffic, bucket);
    }
    this.offload = bucket && new MediaOffload(this, 'Offload', { system: options.system, homeserver, bucket });
    const portsOfService = [
      { name: 'client-api', number: ports.client },
      { name: 'federation', number: ports.federation },
      ...(replicates ? [{ name: 'replication', number: REPLICATION_PORT }] : []),
    ];
    const { host: name, dataClaimName, storage: size } = homeserver;
    // The proxies find out sooner than the probes that a pod serves. But beside another pod, one that loads must get no connections.
    const publishNotReadyAddresses = Lazy.any({ produce: () => !this.standsBy || undefined });
    new Service(this, 'Service', { workload, name, ports: portsOfService, publishNotReadyAddresses });
    const shared = options.media?._shared;
    new VolumeClaim(this, 'Data', {
      workload,
      name: dataClaimName,
      size,
      shared: shared !== undefined,
      storageClass: shared?.storageClass,
      system: options.system,
    });
    const metadata = { name: homeserver.configMapName, labels: labelsOf(workload) };
    const data = Lazy.any({ produce: () => ({ ...files, ...this.moved }) });
    this.configMap = new k8s.KubeConfigMap(this, 'Config', { metadata, data });
    this.standsBy = shared !== undefined;
    const affinity = Lazy.any({ produce: () => this.affinity });
    const pod = mainPod(homeserver, options, { ports, affinity, replicates });
    const remedy = ', and scale by workers';
    this.object = new SingletonDeployment(this, 'Default', {
      workload,
      configMaps: [this.configMap],
      pod,
      remedy,
      standsBy: () => this.standsBy,
    });
  }

  /**
   * Schedules the pod on the node of other pods. Where that is required, the new pod is on the node of the old one.
   *
   * An affinity to itself would do that everywhere, but keeps it from leaving a node that is lost.
   */
  public runBeside(podLabels: { [key: string]: string }, required: boolean): void {
    this.affinity = required ? besideAffinity(podLabels) : nearAffinity(podLabels);
    this.standsBy ||= required;
  }

  /** Keeps Synapse from starting on an empty database; see wait_for_database.py. */
  public awaitMove(): void {
    this.moved = { 'awaits-move': '' };
  }
}
