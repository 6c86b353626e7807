export { CallClient } from './call-client';
export type { ElementCallOptions } from './element-call-options';
export { MatrixCallClient, type MatrixCallClientProps } from './matrix-call-client';
