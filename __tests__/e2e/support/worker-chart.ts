import { Size, Testing, Yaml } from 'cdk8s';
import { Cpu } from 'cdk8s-plus-27';
import { Federation, HomeserverConfig, MatrixChart, Peer, Workers, type WorkersOptions } from '../../../lib';

/** Requests that let many workers fit on a small node. */
export const SMALL = { cpu: Cpu.millis(10), memory: Size.mebibytes(64), memoryLimit: Size.mebibytes(1024) };

/** The manifest of the system of main.ts in another namespace, with workers and without an entry from outside. */
export function systemWithWorkers(namespace: string, workers: WorkersOptions): string {
  const chart = new MatrixChart(Testing.app(), 'matrix', {
    namespace,
    serverName: 'caritas.local',
    publicBaseUrl: 'https://matrix.caritas.local',
    synapse: {
      config: HomeserverConfig.oriso().extend({ push: { enabled: true } }),
      federation: Federation.OPEN,
      unauthenticatedMedia: true,
    },
    workers: Workers.of({ ...workers, resources: SMALL }),
    edge: { allowedAdmins: [Peer.pods({ app: 'userservice' })] },
  });
  return Yaml.stringify(...chart.toJson());
}
