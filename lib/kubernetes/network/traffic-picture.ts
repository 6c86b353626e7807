import type { IConstruct } from 'constructs';
import { checkCall } from '../checks/checked';
import type { Peer } from './peer';
import { Traffic } from './traffic';

/**
 * Draws the declared traffic below a construct as a Mermaid flow chart.
 *
 * @see https://mermaid.js.org/syntax/flowchart.html
 */
export function trafficPicture(scope: IConstruct): string {
  checkCall('trafficPicture', [scope]);
  const connections = Traffic.connections(scope);
  const ids = new Map<Peer, string>();
  for (const peer of connections.flatMap(({ from, to }) => [from, to])) {
    ids.set(peer, ids.get(peer) ?? `n${ids.size}`);
  }
  return [
    'flowchart LR',
    ...[...ids].map(([peer, id]) => `  ${id}["${peer.title}"]`),
    ...connections.map(({ from, to, name, ports }) => {
      const numbers = [...new Set(ports.map((port) => port.number))].join(', ') || 'any port';
      return `  ${ids.get(from)} -->|"${name} ${numbers}"| ${ids.get(to)}`;
    }),
  ].join('\n');
}
