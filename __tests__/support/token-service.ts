import type { Construct } from 'constructs';
import {
  type ILivekit,
  type IPeer,
  MatrixTokenService,
  type MatrixTokenServiceProps,
  Peer,
  SecretKey,
  Traffic,
} from '../../lib';
import { synapseIn, systemIn } from './parts';

/** An SFU as the token service sees it. */
export function sfuIn(scope: Construct): ILivekit {
  const traffic = new Traffic(scope, 'Sfu', systemIn(scope).labels('livekit', 'calls'));
  return {
    peer: traffic.peer,
    publicUrl: 'wss://calls.example.org/livekit/sfu',
    host: 'livekit',
    apiHost: 'livekit-api',
    apiPort: 7880,
    apiKeyName: 'matrix',
    apiSecret: SecretKey.fromSecretName('livekit', 'secret'),
    allowApiFrom: (client: IPeer) => traffic.allowFrom(client, { name: 'api', number: 7880 }),
  };
}

/** The token service of calls in a chart. */
export function tokenServiceIn(scope: Construct, props: Partial<MatrixTokenServiceProps> = {}): MatrixTokenService {
  const service = new MatrixTokenService(scope, 'TokenService', {
    system: systemIn(scope),
    homeserver: props.homeserver ?? synapseIn(scope, { membershipLookup: true }),
    livekit: props.livekit ?? sfuIn(scope),
    ...props,
  });
  service.allowFrom(Peer.pods({ app: 'edge' }));
  return service;
}
