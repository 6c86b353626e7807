export * from './call-client';
export type { ElementOptions } from './element-options';
export { MatrixWebClient, type MatrixWebClientProps } from './matrix-web-client';
export { WebClient } from './web-client';
