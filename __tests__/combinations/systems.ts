import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { Testing, Yaml } from 'cdk8s';
import { MatrixChart } from '../../lib';
import type { Manifest } from '../support/manifests';
import { EXCLUDED, OPTIONS, propsOf } from './options';
import { type Row, Rows } from './rows';

/** Number of systems in the full run. */
export const WHOLE = 160;

/** A system of the combinations. */
export interface System {
  /** The namespace too, so that tools that read many systems at once do not confuse their objects. */
  readonly name: string;
  readonly row: Row;
  readonly manifests: Manifest[];
}

/** Rows of the options. */
export function combinedRows(seed: number, excluded = EXCLUDED): Rows {
  const choices = Object.entries(OPTIONS).map(([option, values]) => [option, Object.keys(values)]);
  return new Rows(Object.fromEntries(choices), excluded, seed);
}

/**
 * The objects of the system that a row stands for.
 *
 * @throws when synthesis refuses the system.
 */
export function synthesized(row: Row, namespace: string): Manifest[] {
  const chart = new MatrixChart(Testing.app(), namespace, { ...propsOf(row), namespace });
  const problems = chart.node.findAll().flatMap((child) => child.node.validate());
  if (problems.length > 0) {
    throw new Error(problems.join('\n'));
  }
  return Testing.synth(chart);
}

/** This number of different systems; those that cover every pair of values come first. */
export function combinedSystems(count: number, seed: number): System[] {
  const rows = combinedRows(seed);
  const all = new Map(rows.covering().map((row) => [JSON.stringify(row), row]));
  while (all.size < count) {
    const row = rows.any();
    all.set(JSON.stringify(row), row);
  }
  return [...all.values()].slice(0, count).map((row, index) => {
    const name = `matrix-${String(index + 1).padStart(3, '0')}`;
    return { name, row, manifests: synthesized(row, name) };
  });
}

/** A system with an insecure pod, which shows that a tool works when the tool finds it. */
export const CANARY: System = {
  name: 'canary',
  row: {},
  manifests: [
    {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'canary', namespace: 'canary' },
      spec: { hostNetwork: true, containers: [{ name: 'c', image: 'c', securityContext: { privileged: true } }] },
    },
  ],
};

/**
 * Writes a file for each system.
 *
 * @returns their paths.
 */
export function writeSystems(folder: string, systems: System[]): string[] {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  return systems.map(({ name, row, manifests }) => {
    const path = join(folder, `${name}.yaml`);
    const comment = Object.entries(row).map(([option, value]) => `# ${option}: ${value}\n`);
    writeFileSync(path, `${comment.join('')}${Yaml.stringify(...manifests)}`);
    return path;
  });
}

/** The system of a file that {@link writeSystems} wrote. */
export function systemOf(systems: System[], path: string): System {
  const system = systems.find(({ name }) => name === basename(path, '.yaml'));
  if (!system) {
    throw new Error(`a tool has read ${path}, which is not a file of the combinations`);
  }
  return system;
}

/** The object of a kind and name; undefined when the system does not have it. */
export function objectOf({ manifests }: System, kind: string, name: string): Manifest | undefined {
  return manifests.find((one) => one.kind === kind && one.metadata.name === name);
}
