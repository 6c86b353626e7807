import { Duration } from 'cdk8s';
import { Construct } from 'constructs';
import { checkedLocalPart } from '../addresses/local-part';
import { checked } from '../kubernetes/checks/checked';
import { k8s } from '../kubernetes/k8s';
import { labelsOf, type WorkloadLabels } from '../kubernetes/metadata/labels';
import type { IPeer, Peer } from '../kubernetes/network/peer';
import { Traffic } from '../kubernetes/network/traffic';
import { SingletonDeployment } from '../kubernetes/workloads/singletons';
import { seriesOf } from '../monitoring/expressions';
import type { IMonitored, Monitored } from '../monitoring/monitored';
import { SecretKind } from '../secrets/secret-request';
import { agentPod, METRICS, podSettings } from './agent-pod';
import { checkedAdministrator, checkedInterval } from './checks';
import { syntheticUserAlerts } from './monitored/alerts';
import { objectiveAlerts } from './monitored/objective-alerts';
import { agentFiles } from './program/program';
import { declarePublicTraffic, publicAddresses } from './public-addresses';
import { SyntheticKeeper } from './synthetic-keeper';
import type { SyntheticUserContext } from './synthetic-user-context';
import type { SyntheticUserOptions } from './synthetic-user-options';

/** Props of {@link MatrixSyntheticUser}. */
export interface MatrixSyntheticUserProps extends SyntheticUserContext, SyntheticUserOptions {}

/**
 * A program that uses the homeserver every minute as two people do, through the public addresses.
 *
 * It finds the homeserver, logs in, writes from one account to the other, and exchanges a file. It counts which steps
 * succeed and how long they take. Only its keeper, which does not talk to the public, has the administrator's password.
 */
@checked
export class MatrixSyntheticUser extends Construct implements IMonitored, IPeer {
  /** Its pods as one side of a connection. */
  public readonly peer: Peer;
  public readonly monitored: Monitored;
  private readonly traffic: Traffic;

  constructor(scope: Construct, id: string, props: MatrixSyntheticUserProps) {
    super(scope, id);
    const { system, edge, homeserver, caCertificates, resources } = props;
    const administrator = checkedAdministrator(props);
    const interval = checkedInterval(props.interval ?? Duration.minutes(1));
    const users = accountNames(system.serverName, props.username);
    const password = system.secret('matrix-synthetic-user-secret', 'password', SecretKind.PASSWORD, {
      alias: 'syntheticUserPassword',
      avoidedBy: 'syntheticUser: SyntheticUser.none()',
    });
    const workload = system.labels('matrix-synthetic-user', 'synthetic-user');
    const addresses = publicAddresses(props, props.address);
    this.traffic = new Traffic(this, 'Traffic', workload);
    this.peer = this.traffic.peer;
    declarePublicTraffic(this.traffic, addresses, props, edge.controller);
    const { relaysCalls } = homeserver;
    const config = this.renderConfig(workload, {
      ...addresses,
      relaysCalls,
      users,
      interval,
      ...podSettings(caCertificates),
    });
    const pod = agentPod({ system, configMapName: config.name, password, caCertificates, resources });
    const object = new SingletonDeployment(this, 'Default', { workload, configMaps: [config], pod });
    new SyntheticKeeper(this, 'Keeper', { system, edge, administrator, users, password });
    const series = seriesOf(this, workload);
    const alerts = [...syntheticUserAlerts(series), ...objectiveAlerts(series, interval)];
    this.monitored = { part: 'synthetic-user', ports: [{ workload, object, port: METRICS }], alerts };
  }

  /** Allows a collector to read what it measures, at port 9090. */
  public allowMetricsFrom(collector: IPeer): void {
    this.traffic.allowFrom(collector, METRICS);
  }

  private renderConfig(workload: WorkloadLabels, settings: object): k8s.KubeConfigMap {
    return new k8s.KubeConfigMap(this, 'Config', {
      metadata: { name: workload.app, labels: labelsOf(workload) },
      data: { ...agentFiles(), 'settings.json': `${JSON.stringify(settings, null, 2)}\n` },
    });
  }
}

function accountNames(serverName: string, username = 'matrix-synthetic-user'): string[] {
  return ['1', '2'].map((end) => checkedLocalPart('username of syntheticUser', `${username}-${end}`, serverName));
}
