import { Construct } from 'constructs';
import { checked } from '../../kubernetes/checks/checked';
import { fileBeside } from '../../kubernetes/files';
import { k8s } from '../../kubernetes/k8s';
import { labelsOf, type WorkloadLabels } from '../../kubernetes/metadata/labels';
import { type IPeer, Peer } from '../../kubernetes/network/peer';
import { Traffic } from '../../kubernetes/network/traffic';
import type { ISecretKey } from '../../kubernetes/secret-key';
import { SingletonDeployment } from '../../kubernetes/workloads/singletons';
import { SecretKind } from '../../secrets/secret-request';
import type { TurnServer } from '../../synapse';
import type { System } from '../../system';
import type { CoturnOptions } from './coturn-options';
import type { ITurn } from './turn';
import { type TurnPlan, turnPlan } from './turn-config';
import { LISTENERS, turnPod } from './turn-pod';
import { turnServices } from './turn-services';

/** Props of {@link MatrixTurn}. */
export interface MatrixTurnProps extends CoturnOptions {
  /** The system. */
  readonly system: System;
}

const EFFECT =
  'Calls go on, and credentials that clients hold stay valid until they expire. Synapse restarts; until coturn and ' +
  'Synapse both have the new secret, for up to two minutes, new calls may not be relayed.';

/**
 * coturn in the pod network, which relays 1:1 calls between browsers that cannot reach each other.
 *
 * It relays only between its own ports and to public addresses: not to pods, Services, nodes or the metadata address.
 *
 * @see https://element-hq.github.io/synapse/latest/turn-howto.html
 */
@checked
export class MatrixTurn extends Construct implements ITurn, IPeer {
  public readonly server: TurnServer;
  public readonly peer: Peer;
  private readonly workload: WorkloadLabels;
  private readonly traffic: Traffic;

  constructor(scope: Construct, id: string, props: MatrixTurnProps) {
    super(scope, id);
    const plan = turnPlan(props);
    this.workload = props.system.labels('matrix-turn', 'turn');
    this.traffic = new Traffic(this, 'Traffic', this.workload);
    this.peer = this.traffic.peer;
    const sharedSecret = props.system.secret('matrix-turn-secret', 'shared_secret', SecretKind.PASSWORD, {
      alias: 'turnSharedSecret',
      rotation: { name: 'turn', effect: EFFECT },
      avoidedBy: 'turn: Turn.none()',
    });
    this.server = { uris: plan.uris, sharedSecret, userLifetime: props.userLifetime };
    this.declareTraffic(props, plan);
    this.renderServer(props, plan, sharedSecret);
    turnServices(this, this.workload, props, plan);
  }

  private declareTraffic({ tlsSecretName }: MatrixTurnProps, { firstRelayPort, lastRelayPort }: TurnPlan): void {
    const { udp, tcp, tls } = LISTENERS;
    const relay = { name: 'relay', number: firstRelayPort, lastNumber: lastRelayPort, protocol: 'UDP' };
    this.traffic.allowFrom(Peer.ANYONE, udp, tcp, ...(tlsSecretName ? [tls] : []), relay);
    // The other browser of a call, where only one of the two is relayed. Its port can be any.
    this.traffic.allowTo(Peer.INTERNET, 'relayed calls', {
      name: 'any',
      number: 1,
      lastNumber: 65_535,
      protocol: 'UDP',
    });
  }

  private renderServer(props: MatrixTurnProps, plan: TurnPlan, sharedSecret: ISecretKey): void {
    const { workload } = this;
    const config = new k8s.KubeConfigMap(this, 'Config', {
      metadata: { name: workload.app, labels: labelsOf(workload) },
      data: { 'turnserver.conf': plan.config, 'start-turn.sh': fileBeside(__dirname, 'start-turn.sh') },
    });
    new SingletonDeployment(this, 'Default', {
      workload,
      configMaps: [config],
      pod: turnPod(props, config.name, sharedSecret),
      remedy: ', because the relay ports lead to one pod',
    });
  }
}
