export type { ILivekit } from './livekit/livekit';
