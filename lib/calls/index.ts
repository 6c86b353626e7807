export { Calls } from './calls';
export type { CallsOptions } from './calls-options';
export type { ILivekit } from './livekit/livekit';
export { LivekitEntry, type LivekitLoadBalancer, type LivekitNodePorts } from './livekit/livekit-entry';
export type { LivekitOptions, MatrixLivekitProps } from './livekit/livekit-options';
export { MatrixLivekit } from './livekit/matrix-livekit';
export { MatrixCalls, type MatrixCallsProps } from './matrix-calls';
export * from './token-service';
export * from './turn';
