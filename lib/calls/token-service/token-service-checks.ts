import type { Duration } from 'cdk8s';
import type { ISecretKey } from '../../kubernetes/secret-key';
import type { IMatrixHomeserver } from '../../synapse';
import type { CallingServer } from './federated-users';

/**
 * Returns a time in seconds.
 *
 * @throws when it is not whole seconds within the bounds.
 */
export function checkedSeconds(what: string, given: Duration | undefined, usual: Duration, bounds: [number, number]) {
  const seconds = (given ?? usual).toSeconds({ integral: false });
  const [least, most] = bounds;
  if (!Number.isInteger(seconds) || seconds < least || seconds > most) {
    throw new Error(
      `${what} must be whole seconds from ${least} to ${most}, got ${seconds} s: leave it out for ${usual.toHumanString()}`,
    );
  }
  return seconds;
}

/**
 * Returns the token by which the service asks who is in a room.
 *
 * @throws when the homeserver does not allow it.
 */
export function checkedLookupToken({ lookupToken }: IMatrixHomeserver): ISecretKey {
  if (!lookupToken) {
    throw new Error(
      'the token service of calls could not ask the homeserver who is in a room: set membershipLookup: true of MatrixSynapse',
    );
  }
  return lookupToken;
}

/**
 * Checks the other servers whose users may call.
 *
 * @throws when one is there twice, or is this one.
 */
export function checkServers(servers: CallingServer[], own: string): void {
  const names = [own, ...servers.map(({ serverName }) => serverName)];
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) {
    throw new Error(
      `'${twice}' in FederatedUsers is ${twice === own ? "this server's own name" : 'there twice'}: name each other server once`,
    );
  }
}
