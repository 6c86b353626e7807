import { Construct } from 'constructs';
import { fileBeside } from '../../../kubernetes/files';
import { k8s } from '../../../kubernetes/k8s';
import { labelsOf } from '../../../kubernetes/metadata/labels';
import type { IPeer } from '../../../kubernetes/network/peer';
import { Service } from '../../../kubernetes/network/service';
import { Traffic } from '../../../kubernetes/network/traffic';
import type { ISecretKey } from '../../../kubernetes/secret-key';
import { resources } from '../../../kubernetes/workloads/resources';
import { RESTART_ON_CHANGE_SH, restartOnChange, watchedVolume } from '../../../kubernetes/workloads/restart-on-change';
import { SingletonDeployment } from '../../../kubernetes/workloads/singletons';
import { configVolume, secretEnv } from '../../../kubernetes/workloads/volumes';
import { SecretKind } from '../../../secrets/secret-request';
import type { System } from '../../../system';
import { VALKEY_IMAGE } from './valkey-image';

/** Name of its objects, without the prefix. */
export const VALKEY_NAME = 'matrix-valkey';
/** Port of Valkey. */
export const VALKEY_PORT = 6379;

const CONFIG = '/etc/matrix-valkey';

/** Requests the password of Valkey. */
export function valkeyPassword(system: System): ISecretKey {
  const effect = 'Valkey and every process of Synapse restart; people wait for some seconds.';
  return system.secret('matrix-valkey-secret', 'password', SecretKind.PASSWORD, {
    alias: 'valkeyPassword',
    rotation: { name: 'valkey', effect },
  });
}

/** Props of {@link Valkey}. */
export interface ValkeyProps {
  readonly system: System;
  readonly password: ISecretKey;
}

/**
 * Passes on what is new between the processes of Synapse.
 *
 * It stores nothing: while it is gone the processes wait, and then they read from the database what they have missed.
 */
export class Valkey extends Construct {
  private readonly traffic: Traffic;

  constructor(scope: Construct, id: string, { system, password }: ValkeyProps) {
    super(scope, id);
    const workload = system.labels(VALKEY_NAME, 'valkey');
    const port = { name: 'valkey', number: VALKEY_PORT };
    this.traffic = new Traffic(this, 'Traffic', workload);
    new Service(this, 'Service', { workload, name: workload.app, ports: [port] });
    const data = {
      'start-valkey.sh': fileBeside(__dirname, 'start-valkey.sh'),
      'restart-on-change.sh': RESTART_ON_CHANGE_SH,
    };
    const metadata = { name: workload.app, labels: labelsOf(workload) };
    const config = new k8s.KubeConfigMap(this, 'Config', { metadata, data });
    const probe = { tcpSocket: { port: k8s.IntOrString.fromString(port.name) } };
    const server = {
      name: 'valkey',
      image: system.image(VALKEY_IMAGE),
      resources: resources(10, 16, 128),
      command: ['sh', `${CONFIG}/start-valkey.sh`],
      env: [secretEnv('PASSWORD', password)],
      ports: [{ name: port.name, containerPort: port.number }],
      volumeMounts: [{ name: 'config', mountPath: CONFIG, readOnly: true }],
      startupProbe: { ...probe, periodSeconds: 1, failureThreshold: 60 },
      readinessProbe: { ...probe, periodSeconds: 5 },
      livenessProbe: { ...probe, periodSeconds: 10 },
    };
    const pod = system._pod({
      uid: VALKEY_IMAGE.uid,
      containers: [restartOnChange(server, `${CONFIG}/restart-on-change.sh`)],
      volumes: [configVolume('config', config.name), watchedVolume(server)],
    });
    new SingletonDeployment(this, 'Default', { workload, configMaps: [config], pod });
  }

  /** Allows a process of Synapse to connect. */
  public allowFrom(process: IPeer): void {
    this.traffic.allowFrom(process, { name: 'valkey', number: VALKEY_PORT });
  }
}
