import { HomeserverConfig, SecretKey } from '../../lib';
import { oldSigningKeys } from '../../lib/synapse/old-signing-keys';
import { untyped } from '../support/parts';
import { EXISTING_SECRETS } from '../support/systems';

const REFERENCE = SecretKey.of('identity', 'old.yaml');
const OURS = HomeserverConfig.platform().extend({ old_signing_keys: { 'ed25519:a': { key: 'x', expired_ts: 1 } } });

it('are where the secrets say', () => {
  expect(oldSigningKeys({ ...EXISTING_SECRETS, oldSigningKeys: REFERENCE })).toBe(REFERENCE);
  expect(oldSigningKeys({ ...EXISTING_SECRETS, oldSigningKeys: REFERENCE }, HomeserverConfig.platform())).toBe(
    REFERENCE,
  );
});

it('may stand in homeserver.yaml where no rotation keeps them', () => {
  expect(oldSigningKeys(EXISTING_SECRETS, OURS)).toBeUndefined();
});

it('fail when they are in both places: Synapse would read one', () => {
  const make = () => oldSigningKeys({ ...EXISTING_SECRETS, oldSigningKeys: REFERENCE }, OURS);
  expect(make).toThrow("homeserver setting 'old_signing_keys' would be lost");
  expect(make).toThrow("put the block into Secret 'identity' under the key 'old.yaml'");
});

it('fail when they are text', () => {
  const make = () => oldSigningKeys({ ...EXISTING_SECRETS, oldSigningKeys: untyped('ed25519:a: {}') });
  expect(make).toThrow('oldSigningKeys was given as text');
});
