import type { Image } from '../../kubernetes/images/image';

/** LiveKit, the SFU of calls. It runs as any user. */
export const LIVEKIT_IMAGE: Image = {
  name: 'livekit',
  reference: 'docker.io/livekit/livekit-server:v1.13.5',
  uid: 10030,
};
