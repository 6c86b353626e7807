import { Duration } from 'cdk8s';
import {
  checkedLookupToken,
  checkedSeconds,
  checkServers,
} from '../../../lib/calls/token-service/token-service-checks';
import { emptyChart, synapseIn } from '../../support/parts';

it('takes times within bounds, and a default', () => {
  const seconds = (given?: Duration) => checkedSeconds('time', given, Duration.minutes(2), [30, 300]);
  expect([seconds(), seconds(Duration.seconds(30))]).toEqual([120, 30]);
  expect(() => seconds(Duration.seconds(29))).toThrow('time must be whole seconds from 30 to 300, got 29 s');
  expect(() => seconds(Duration.millis(30_500))).toThrow('got 30.5 s: leave it out for 2 minutes');
});

it('finds the token of a homeserver that lets it ask', () => {
  const token = checkedLookupToken(synapseIn(emptyChart(), { membershipLookup: true }));
  expect(token).toEqual({ secretName: 'matrix-membership-lookup-secret', key: 'as_token' });
});

it('finds servers that are named twice', () => {
  const server = { serverName: 'other.org', url: 'https://other.org' };
  checkServers([server], 'example.org');
  expect(() => checkServers([server, server], 'example.org')).toThrow("'other.org' in FederatedUsers is there twice");
});
