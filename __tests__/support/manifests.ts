import type { ApiObject } from 'cdk8s';

/** A rendered object, as Kubernetes reads it. */
export type Manifest = ReturnType<ApiObject['toJson']>;

/** The object of a name; fails when there is none. */
export function find(manifests: Manifest[], kind: string, name: string): Manifest {
  const found = manifests.find((one) => one.kind === kind && one.metadata.name === name);
  if (!found) {
    throw new Error(`no ${kind} '${name}' among ${manifests.map(keyOf).join(', ')}`);
  }
  return found;
}

/** `Deployment matrix-synapse` */
export function keyOf(manifest: Manifest): string {
  return `${manifest.kind} ${manifest.metadata.name}`;
}

/** Every workload with its pods. */
export interface Workload {
  readonly key: string;
  readonly manifest: Manifest;
  readonly template: Manifest;
  /** How many pods it has at a time. */
  readonly replicas: number;
}

export function workloadsOf(manifests: Manifest[]): Workload[] {
  return manifests.flatMap((manifest) => {
    const spec = manifest.kind === 'CronJob' ? manifest.spec.jobTemplate.spec : manifest.spec;
    const { template } = spec ?? {};
    return template ? [{ key: keyOf(manifest), manifest, template, replicas: spec.replicas ?? 1 }] : [];
  });
}

/** Containers that are first started and those that stay. */
export function containersOf(template: Manifest): Manifest[] {
  return [...(template.spec.initContainers ?? []), ...template.spec.containers];
}

/** Every text of a manifest, with the keys that lead to it. */
export function textsOf(value: unknown, path: string[] = []): { path: string; text: string }[] {
  if (typeof value === 'string') {
    return [{ path: path.join('.'), text: value }];
  }
  const entries = value !== null && typeof value === 'object' ? Object.entries(value) : [];
  return entries.flatMap(([key, one]) => [{ path: path.join('.'), text: key }, ...textsOf(one, [...path, key])]);
}
