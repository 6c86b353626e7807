import { FederatedUsers } from '../../../lib';

const OTHER = { serverName: 'other.org', url: 'https://matrix.other.org' };

it('knows the servers and what their users may do', () => {
  expect(FederatedUsers.none()._servers).toEqual([]);
  expect(FederatedUsers.listen(OTHER)).toMatchObject({ _servers: [OTHER], _publishes: false });
  expect(FederatedUsers.full(OTHER)).toMatchObject({ _servers: [OTHER], _publishes: true });
});

it.each([
  ['no server is named', () => FederatedUsers.listen(), 'FederatedUsers.listen() needs at least one server'],
  [
    'a name is not one',
    () => FederatedUsers.full({ ...OTHER, serverName: 'a b' }),
    'serverName in FederatedUsers.full',
  ],
  [
    'a URL is not one',
    () => FederatedUsers.full({ ...OTHER, url: 'other.org' }),
    "url of 'other.org' in FederatedUsers.full",
  ],
])('fails when %s', (_, make, message) => {
  expect(make).toThrow(message);
});
