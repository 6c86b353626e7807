import type { Construct } from 'constructs';
import type { Identity } from '../kubernetes/metadata/labels';
import { renderService } from '../kubernetes/network/service';
import type { SynapsePorts } from './ports';

/** The name under which the proxy reaches Synapse. */
export function renderSynapseService(
  scope: Construct,
  identity: Identity,
  name: string,
  { client, federation }: Required<SynapsePorts>,
): void {
  const ports = [
    { name: 'client-api', number: client },
    { name: 'federation', number: federation },
  ];
  renderService(scope, 'Service', identity, name, ...ports);
}
