import { Size, Testing, Yaml } from 'cdk8s';
import { Cpu } from 'cdk8s-plus-27';
import { MatrixChart, Peer, type SystemSize, Workers, type WorkersOptions } from '../../../lib';
import { SYNAPSE_IMAGE } from '../../../lib/python/synapse-image';
import { Matrix } from '../support/matrix';
import { System } from '../support/system';
import { Crowd } from './crowd';
import { gather, type Person, register } from './gathering';
import { startIdlePod } from './idle-pod';
import { stockSystem } from './stock';

export const PEOPLE = 24;

/** A system and those who use it. */
export interface Used {
  readonly system: System;
  readonly crowd: Crowd;
}

/** Several systems stand on one node of two cores, and one of them works: each process has the same share. */
const CPU = Cpu.millis(30);

/** The workers of a size, as small as a bench must have them. */
export function workersOf(size: SystemSize): WorkersOptions {
  const resources = { cpu: CPU, memory: Size.mebibytes(64), memoryLimit: Size.gibibytes(1) };
  return { ...Workers.forSize()._options(size), resources };
}

/** This chart with its defaults; people come through its proxy. */
export async function ours(name: string, workers: WorkersOptions = {}): Promise<System> {
  const namespace = `matrix-e2e-${name}`;
  const chart = new MatrixChart(Testing.app(), 'matrix', {
    namespace,
    serverName: 'caritas.local',
    publicBaseUrl: 'https://matrix.caritas.local',
    workers: Workers.of(workers),
    edge: { allowedAdmins: [Peer.pods({ app: 'userservice' })] },
  });
  const manifest = Yaml.stringify(...chart.toJson()).replaceAll(/cpu: \d{3,}m/g, `cpu: ${CPU.amount}`);
  const system = await System.apply(name, manifest, undefined, client);
  if (workers.sync) {
    await system.workersReady();
  }
  return system;
}

/** With people in rooms of three. */
export async function peopled(system: System): Promise<Used> {
  return used(system, await people(await clientOf(system)));
}

export async function clientOf(system: System): Promise<Matrix> {
  const secret = await system.secret('matrix-synapse-secret', 'registration_shared_secret');
  return new Matrix(await system.url('deployment/matrix-edge', 8010), secret);
}

/** People, each of whom has a room with so many others. */
export async function people(matrix: Matrix, others = 2): Promise<Person[]> {
  const all = await register(
    matrix,
    Array.from({ length: PEOPLE }, (_, number) => `p${number}`),
  );
  for (const number of all.keys()) {
    await gather(
      matrix,
      [...Array(others + 1).keys()].map((step) => all[(number + step) % PEOPLE]),
    );
  }
  return all;
}

export function used(system: System, people: Person[], url = 'http://matrix-synapse-admin:8008'): Used {
  return { system, crowd: new Crowd(system.namespace, url, people) };
}

/** What its images make without a chart; people come to Synapse itself. */
export async function stock(name: string): Promise<Used> {
  const workloads = ['deployment/postgres', 'deployment/synapse'];
  const system = await System.apply(name, stockSystem(`matrix-e2e-${name}`, CPU.amount), workloads, client);
  const yaml = await system.exec('deployment/synapse', 'cat', '/data/homeserver.yaml');
  const secret = /^registration_shared_secret: "?([^"\n]+)/m.exec(yaml)?.[1];
  const matrix = new Matrix(await system.url('deployment/synapse', 8008), secret);
  return used(system, await people(matrix), 'http://synapse:8008');
}

const client = (namespace: string) => startIdlePod(namespace, 'client', SYNAPSE_IMAGE);
