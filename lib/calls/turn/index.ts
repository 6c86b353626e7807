export type { CoturnOptions } from './coturn-options';
export { MatrixTurn, type MatrixTurnProps } from './matrix-turn';
export { type ITurn, Turn } from './turn';
export { TurnEntry, type TurnLoadBalancer, type TurnNodePorts } from './turn-entry';
