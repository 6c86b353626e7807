import type { ISecretKey } from '../kubernetes/secret-key';
import type { RequiredSecretRequest, SecretRequest } from './secret-request';

/** Source of the secrets of one system, which renders those that parts request. */
export interface ISecretSource {
  /** Requests a secret that must exist. */
  secret(request: RequiredSecretRequest): ISecretKey;

  /** Requests a secret that may be missing; undefined when the source cannot hold it. */
  optionalSecret(request: SecretRequest): ISecretKey | undefined;

  /** Names a claim with data that the secrets belong to: beside it, lost ones are not generated anew. */
  belongsTo(claimName: string): void;

  /** Returns the names of the CronJobs that replace secrets which should be replaced regularly. */
  rotations(): string[];

  /** Returns one message for each problem, after all parts have made their requests. */
  problems(): string[];
}
