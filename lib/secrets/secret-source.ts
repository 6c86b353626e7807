import type { ISecretKey } from '../kubernetes/secret-key';
import type { RequiredSecretRequest, SecretRequest } from './secret-request';

/** Where the secrets of one system come from: it is asked for each, and renders what was asked for. */
export interface ISecretSource {
  secret(request: RequiredSecretRequest): ISecretKey;

  /** A secret that may be missing; undefined where there is no place for it. */
  optionalSecret(request: SecretRequest): ISecretKey | undefined;

  /** What is wrong once every part has asked, one sentence each. */
  problems(): string[];
}
