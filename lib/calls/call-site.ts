import type { EdgeSite, ISiteServer } from '../edge';
import type { IPeer } from '../kubernetes/network/peer';
import type { ILivekit } from './livekit/livekit';
import { TOKENS_PATH } from './token-service-url';

const SFU = '/livekit/sfu';

/**
 * What the edge serves for calls at a host: only the paths for participants of the SFU, because `/twirp` administers it.
 *
 * A user who was kicked from a room still has a token, so the token service says who may connect.
 */
export function callSite(host: string, livekit: ILivekit, tokenService: ISiteServer): EdgeSite {
  const allowFrom = (edge: IPeer) => livekit.allowApiFrom(edge);
  const sfu = { host: livekit.host, port: livekit.apiPort, allowFrom };
  const gate = { server: tokenService, path: '/admission' };
  return {
    host,
    routes: [
      { path: `${SFU}/rtc`, server: sfu, stripPrefix: SFU, webSockets: true, gate },
      { path: TOKENS_PATH, server: tokenService, stripPrefix: TOKENS_PATH },
    ],
  };
}
