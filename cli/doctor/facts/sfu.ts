import type { Situation } from '../situation';
import type { KubeObject } from './objects';

/** Where clients send pictures and sound. */
export interface Sfu {
  readonly address: string;
  readonly tcpPort: number;
}

interface Deployment extends KubeObject {
  readonly spec: {
    readonly template: {
      readonly spec: { readonly containers: { readonly env?: { readonly name: string; readonly value?: string }[] }[] };
    };
  };
}

interface Pod extends KubeObject {
  readonly status: { readonly hostIP?: string };
}

interface Service extends KubeObject {
  readonly spec: { readonly ports: { readonly name?: string; readonly port: number }[] };
}

/** LiveKit as clients reach it; undefined if this system has none, or it does not run. */
export async function sfuOf({ objects, name }: Situation): Promise<Sfu | undefined> {
  const app = name('livekit');
  const [deployment, service, pods] = await Promise.all([
    objects.get<Deployment>('deployments', app),
    objects.get<Service>('services', name('livekit-media')),
    objects.all<Pod>('pods'),
  ]);
  const given = deployment?.spec.template.spec.containers[0].env?.find((one) => one.name === 'NODE_IP')?.value;
  const pod = pods.find(({ metadata }) => metadata.labels?.app === app);
  const [address, tcp] = [given ?? pod?.status.hostIP, service?.spec.ports.find((one) => one.name === 'rtc-tcp')];
  return address && tcp ? { address, tcpPort: tcp.port } : undefined;
}
