import { type OidcProvider, Peer, SecretKey } from '../../../lib';
import { checkOidcProviders, oidcSecretFile, oidcSettings } from '../../../lib/synapse/integrations/oidc';
import { emptyChart, renderedIn, synapseIn, untyped } from '../../support/parts';

const KEYCLOAK: OidcProvider = {
  id: 'keycloak',
  name: 'Keycloak',
  issuer: 'https://keycloak.example.org/realms/platform',
  clientId: 'matrix',
  clientSecret: SecretKey.fromSecretName('keycloak-client', 'secret'),
};

it('has no settings without a provider', () => {
  expect(oidcSettings([], '/secrets')).toEqual({});
});

it('minimal', () => {
  expect(oidcSettings([KEYCLOAK], '/secrets')).toEqual({
    oidc_providers: [
      {
        idp_id: 'keycloak',
        idp_name: 'Keycloak',
        issuer: 'https://keycloak.example.org/realms/platform',
        client_id: 'matrix',
        client_secret_path: '/secrets/oidc-keycloak',
        client_auth_method: 'client_secret_basic',
        scopes: ['openid', 'profile', 'email'],
        user_profile_method: 'userinfo_endpoint',
        backchannel_logout_enabled: true,
        allow_existing_users: false,
        user_mapping_provider: {
          config: {
            localpart_template: '{{ user.preferred_username }}',
            display_name_template: '{{ user.name }}',
          },
        },
      },
    ],
  });
});

it('all props', () => {
  const provider: Required<OidcProvider> = {
    ...KEYCLOAK,
    issuer: 'http://keycloak:8080/realms/platform',
    peer: Peer.pods({ app: 'keycloak' }),
    port: 8080,
    allowPlainHttp: true,
    scopes: ['openid'],
    localpartTemplate: '{{ user.sub }}',
    displayNameTemplate: '{{ user.given_name }}',
    emailTemplate: '{{ user.email }}',
    allowedGroups: ['counsellors', 'clients'],
    groupsClaim: 'roles',
    allowExistingUsers: true,
    allowNewUsers: false,
    backchannelLogout: false,
  };
  expect(oidcSettings([provider], '/s').oidc_providers).toMatchObject([
    {
      issuer: 'http://keycloak:8080/realms/platform',
      skip_verification: true,
      scopes: ['openid'],
      attribute_requirements: [{ attribute: 'roles', one_of: ['counsellors', 'clients'] }],
      allow_existing_users: true,
      enable_registration: false,
      backchannel_logout_enabled: false,
      user_mapping_provider: {
        config: {
          localpart_template: '{{ user.sub }}',
          display_name_template: '{{ user.given_name }}',
          email_template: '{{ user.email }}',
        },
      },
    },
  ]);
});

it('reads groups from the claim groups, unless another is named', () => {
  expect(oidcSettings([{ ...KEYCLOAK, allowedGroups: ['counsellors'] }], '/s').oidc_providers).toMatchObject([
    { attribute_requirements: [{ attribute: 'groups', one_of: ['counsellors'] }] },
  ]);
});

it('names a file for the client secret of each provider', () => {
  const chart = emptyChart();
  synapseIn(chart, {
    oidcProviders: [
      { ...KEYCLOAK, allowedGroups: ['a'] },
      { ...KEYCLOAK, id: 'second' },
    ],
  });
  const yaml: string = renderedIn(chart, 'ConfigMap', 'matrix-homeserver-oidc').data['homeserver.yaml'];
  expect(yaml.match(/client_secret_path: \S+/g)).toEqual([
    `client_secret_path: /secrets/${oidcSecretFile(KEYCLOAK)}`,
    'client_secret_path: /secrets/oidc-second',
  ]);
});

it.each<[string, Partial<OidcProvider>, object, number]>([
  ['https', {}, { ipBlock: expect.objectContaining({ cidr: '0.0.0.0/0' }) }, 443],
  ['a port', { issuer: 'https://keycloak.example.org:8443/r' }, { ipBlock: expect.anything() }, 8443],
  [
    'plain http within the cluster',
    { issuer: 'http://keycloak/r', allowPlainHttp: true, peer: Peer.pods({ app: 'keycloak' }) },
    { podSelector: { matchLabels: { app: 'keycloak' } } },
    80,
  ],
  [
    'a Service that maps its port',
    { peer: Peer.pods({ app: 'keycloak' }), port: 8443 },
    { podSelector: { matchLabels: { app: 'keycloak' } } },
    8443,
  ],
])('allows connections to an issuer with %s', (_, props, peer, port) => {
  const chart = emptyChart();
  synapseIn(chart, { oidcProviders: [{ ...KEYCLOAK, ...props }] });
  const { egress } = renderedIn(chart, 'NetworkPolicy', 'matrix-synapse').spec;
  expect(egress).toContainEqual({ to: [peer], ports: [{ port, protocol: 'TCP' }] });
});

it.each<[string, object, string, string]>([
  ['the id has a space', { id: 'Key Cloak' }, "id 'Key Cloak'", 'such as keycloak'],
  ['the id is empty', { id: '' }, "id ''", 'such as keycloak'],
  ['the id is not a file name', { id: '../etc' }, "id '../etc'", 'lower-case letters'],
  ['the issuer has no scheme', { issuer: 'keycloak' }, "issuer 'keycloak'", 'begins with https://'],
  [
    'the issuer is not a URL',
    { issuer: 'https://keycloak:port/realms' },
    "issuer 'https://keycloak:port/realms'",
    'begins with https://',
  ],
  ['the issuer has no TLS', { issuer: 'http://keycloak/r' }, "issuer 'http://keycloak/r'", 'allowPlainHttp: true'],
  [
    'the issuer is private and has no peer',
    { issuer: 'https://10.1.2.3/r' },
    "issuer of OIDC provider 'keycloak' 'https://10.1.2.3/r'",
    'peer: Peer.pods',
  ],
  [
    'no group is allowed',
    { allowedGroups: [] },
    "allowedGroups of OIDC provider 'keycloak' is []",
    'name at least one',
  ],
  ['a group has no name', { allowedGroups: ['a', ' '] }, 'is ["a"," "]', 'name at least one group'],
  ['groupsClaim is set without allowedGroups', { groupsClaim: 'roles' }, "is 'roles'", 'set allowedGroups'],
])('fails when %s', (_, props, value, remedy) => {
  const check = () => checkOidcProviders([untyped({ ...KEYCLOAK, ...props })]);
  expect(check).toThrow(value);
  expect(check).toThrow(remedy);
  expect(check).not.toThrow('hunter2');
});

it('fails when two providers have the same id', () => {
  const check = () => checkOidcProviders([KEYCLOAK, { ...KEYCLOAK, name: 'Other' }]);
  expect(check).toThrow(/'keycloak' .*give each its own/);
});
