import { Testing } from 'cdk8s';
import { MatrixDiscovery, MatrixEdge, type MatrixEdgeProps, type SystemProps } from '../../lib';
import { find, type Manifest } from './manifests';
import { emptyChart, synapseIn, systemIn } from './parts';

/** What an edge stands on. */
export interface EdgeSurroundings {
  readonly system?: Partial<SystemProps>;
  readonly synapse?: Parameters<typeof synapseIn>[1];
  /** @default true */
  readonly withDiscovery?: boolean;
}

/** An edge with what it leads to, in a chart of its own. */
export function edgeWith(props: Partial<MatrixEdgeProps> = {}, around: EdgeSurroundings = {}) {
  const chart = emptyChart();
  const system = systemIn(chart, around.system);
  const homeserver = synapseIn(chart, around.synapse);
  const discovery =
    around.withDiscovery === false
      ? undefined
      : new MatrixDiscovery(chart, 'Discovery', { system, allowedClients: [] });
  const edge = new MatrixEdge(chart, 'Edge', { system, homeserver, discovery, ...props });
  const manifests = (): Manifest[] => Testing.synth(chart);
  return { chart, edge, manifests, rendered: (kind: string, name: string) => find(manifests(), kind, name) };
}
