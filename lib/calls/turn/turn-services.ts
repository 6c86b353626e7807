import type { Construct } from 'constructs';
import { k8s } from '../../kubernetes/k8s';
import { labelsOf, selectorLabels, type WorkloadLabels } from '../../kubernetes/metadata/labels';
import type { CoturnOptions } from './coturn-options';
import type { TurnPlan } from './turn-config';
import { LISTENERS } from './turn-pod';

/** Kubernetes takes at most so many ports for a Service that controllers and kube-proxy handle well. */
const PORTS_OF_A_SERVICE = 200;

/** Renders the Services of coturn: one for a load balancer, which has one address, or several for node ports. */
export function turnServices(
  scope: Construct,
  workload: WorkloadLabels,
  { entry, tlsSecretName }: CoturnOptions,
  { firstRelayPort, lastRelayPort }: TurnPlan,
): void {
  const { port, tlsPort } = entry._ports;
  const listeners = [
    { ...LISTENERS.udp, outer: port },
    { ...LISTENERS.tcp, outer: port },
    ...(tlsSecretName ? [{ ...LISTENERS.tls, outer: tlsPort }] : []),
  ].map(({ name, outer, protocol }) => ({ name, outer, protocol, target: k8s.IntOrString.fromString(name) }));
  const relay = Array.from({ length: lastRelayPort - firstRelayPort + 1 }, (_, at) => {
    const outer = firstRelayPort + at;
    return { name: `relay-${outer}`, outer, protocol: 'UDP', target: k8s.IntOrString.fromNumber(outer) };
  });
  const onNodes = entry._kind === 'nodePorts';
  const groups = onNodes ? [listeners, ...chunks(relay)] : [[...listeners, ...relay]];
  for (const [at, ports] of groups.entries()) {
    const name = at === 0 ? workload.app : `${workload.app}-relay-${at}`;
    new k8s.KubeService(scope, at === 0 ? 'Service' : `Relay${at}`, {
      metadata: { name, labels: labelsOf(workload), annotations: entry._placement.annotations },
      spec: {
        type: onNodes ? 'NodePort' : 'LoadBalancer',
        loadBalancerClass: entry._placement.loadBalancerClass,
        // The address of the client is kept, and no other node answers.
        externalTrafficPolicy: 'Local',
        selector: selectorLabels(workload),
        ports: ports.map(({ name: portName, outer, protocol, target }) => ({
          name: portName,
          port: outer,
          targetPort: target,
          protocol,
          nodePort: onNodes ? outer : undefined,
        })),
      },
    });
  }
}

function chunks<T>(all: T[]): T[][] {
  return Array.from({ length: Math.ceil(all.length / PORTS_OF_A_SERVICE) }, (_, at) =>
    all.slice(at * PORTS_OF_A_SERVICE, (at + 1) * PORTS_OF_A_SERVICE),
  );
}
