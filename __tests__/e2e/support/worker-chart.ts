import { Size, Testing, Yaml } from 'cdk8s';
import { Cpu } from 'cdk8s-plus-27';
import { Federation, HomeserverConfig, MatrixChart, Peer, Scaling, Workers, type WorkersOptions } from '../../../lib';

/** Requests that let many workers fit on a small node. */
const SMALL = { cpu: Cpu.millis(10), memory: Size.mebibytes(64), memoryLimit: Size.mebibytes(1024) };

/** Every worker that there is. */
export const EVERY_WORKER: WorkersOptions = {
  sync: Scaling.fixed(2),
  client: Scaling.fixed(1),
  eventCreators: Scaling.fixed(2),
  eventPersisters: 2,
  federationReaders: Scaling.fixed(1),
  federationSenders: 1,
  pushers: 1,
  media: 1,
  background: true,
  streams: { typing: 1, toDevice: 1, accountData: 1, receipts: 1, presence: 1, pushRules: 1, deviceLists: 1 },
};

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
