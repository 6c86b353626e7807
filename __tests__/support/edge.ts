import { Testing } from 'cdk8s';
import { MatrixDiscovery, MatrixEdge, type MatrixEdgeProps } from '../../lib';
import { find, type Manifest } from './manifests';
import { emptyChart, synapseIn } from './parts';

/** An edge with what it leads to, in a chart of its own. */
export function edgeWith(
  props: Partial<MatrixEdgeProps> = {},
  synapseProps: Parameters<typeof synapseIn>[1] = {},
  withDiscovery = true,
) {
  const chart = emptyChart();
  const synapse = synapseIn(chart, synapseProps);
  const sites = [{ serverName: 'example.org', publicBaseUrl: 'https://matrix.example.org' }];
  const discovery = withDiscovery ? new MatrixDiscovery(chart, 'Discovery', { sites, clients: [] }) : undefined;
  const edge = new MatrixEdge(chart, 'Edge', { synapse, discovery, ...props });
  const manifests = (): Manifest[] => Testing.synth(chart);
  return { chart, edge, manifests, rendered: (kind: string, name: string) => find(manifests(), kind, name) };
}
