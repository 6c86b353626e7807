export { MatrixUpkeep, type MatrixUpkeepProps } from './matrix-upkeep';
export { Upkeep } from './upkeep';
export type { UpkeepContext } from './upkeep-context';
export type { UpkeepOptions } from './upkeep-options';
