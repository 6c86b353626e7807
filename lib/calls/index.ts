export type { ILivekit } from './livekit/livekit';
export * from './token-service';
export * from './turn';
