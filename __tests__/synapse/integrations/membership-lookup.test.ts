import { SecretKey, Secrets } from '../../../lib';
import { membershipLookupSecrets, membershipLookupSettings } from '../../../lib/synapse/integrations/membership-lookup';
import { EXISTING_SECRETS, emptyChart, systemIn } from '../../support/parts';

it('has nothing unless calls are on', () => {
  expect(membershipLookupSettings(false, {})).toEqual({});
  expect(membershipLookupSettings(true, {})).toEqual({ experimental_features: { msc4502_enabled: true } });
});

it('fails when the settings forbid it', () => {
  const forbidden = { experimental_features: { msc4502_enabled: false } };
  expect(() => membershipLookupSettings(true, forbidden)).toThrow('or use calls: Calls.none()');
  expect(membershipLookupSettings(false, forbidden)).toEqual({});
});

it('takes the tokens from where all secrets come from', () => {
  const [token, other] = ['as', 'hs'].map((key) => SecretKey.fromSecretName('vault', key));
  const secrets = Secrets.existing({
    ...EXISTING_SECRETS,
    membershipLookupToken: token,
    membershipLookupHomeserverToken: other,
  });
  expect(membershipLookupSecrets(systemIn(emptyChart(), { secrets }))).toEqual({
    membership_lookup_as_token: token,
    membership_lookup_hs_token: other,
  });
});
