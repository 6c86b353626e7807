import type { Settings } from '../doctor/facts/homeserver';
import type { KubeObject } from '../doctor/facts/objects';

/** A Deployment or StatefulSet, as far as it cannot be changed in place. */
export interface Workload extends KubeObject {
  readonly spec: {
    readonly selector: { readonly matchLabels?: { readonly [key: string]: string } };
    readonly serviceName?: string;
    readonly volumeClaimTemplates?: { readonly metadata: { readonly name: string } }[];
    readonly template: { readonly spec: { readonly containers: { readonly image: string }[] } };
  };
}

/** A claim. */
export interface Claim extends KubeObject {
  readonly spec: {
    readonly storageClassName?: string;
    readonly resources: { readonly requests: { readonly storage: string } };
  };
}

/** A Service. */
export interface LiveService extends KubeObject {
  readonly spec: { readonly type?: string; readonly ports?: { readonly port: number; readonly nodePort?: number }[] };
}

/** What runs in a namespace. */
export interface Installation {
  readonly namespace: string;
  readonly settings: Settings;
  readonly workloads: Workload[];
  readonly claims: Claim[];
  readonly services: LiveService[];
  /** Names of the CronJobs. */
  readonly cronJobs: string[];
}

/** An object by its name; undefined when it does not exist. */
export function named<T extends KubeObject>(objects: T[], name: string): T | undefined {
  return objects.find(({ metadata }) => metadata.name === name);
}

/** Port of the nodes at which clients, or at 8009 other servers, reach the original's Service. */
export function nodePortOf({ services }: Installation, servicePort = 8008): number | undefined {
  const ports = named(services, 'matrix-synapse')?.spec.ports ?? [];
  return ports.find(({ port }) => port === servicePort)?.nodePort;
}
