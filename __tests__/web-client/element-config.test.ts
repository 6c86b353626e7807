import { type ElementConfig, elementConfig } from '../../lib/web-client/element-config';

const HOMESERVER = { serverName: 'example.org', publicBaseUrl: 'https://matrix.example.org' };
const url = 'https://element.example.org';

it('has the homeserver, and no server of others', () => {
  const expected: ElementConfig = {
    default_server_config: { 'm.homeserver': { base_url: 'https://matrix.example.org', server_name: 'example.org' } },
    brand: 'Element',
    disable_custom_urls: true,
    disable_guests: true,
    disable_3pid_login: true,
    default_federate: false,
    permalink_prefix: url,
    room_directory: { servers: ['example.org'] },
    enable_presence_by_hs_url: { 'https://matrix.example.org': true },
    integrations_ui_url: null,
    integrations_rest_url: null,
    integrations_widgets_urls: null,
    jitsi: { preferred_domain: 'element.example.org' },
    element_call: { use_exclusively: true },
    mobile_guide_toast: false,
    force_verification: false,
    setting_defaults: {
      'UIFeature.registration': false,
      'UIFeature.passwordReset': false,
      'UIFeature.deactivate': false,
      'UIFeature.identityServer': false,
      'UIFeature.thirdPartyId': false,
      'UIFeature.feedback': false,
      'UIFeature.shareSocial': false,
      urlPreviewsEnabled: false,
    },
  };
  expect(elementConfig(HOMESERVER, { url: `${url}/` })).toEqual(expected);
});

it('has no key by which reports, maps or an identity server would be used', () => {
  const keys = Object.keys(elementConfig(HOMESERVER, { url }));
  expect(keys.filter((key) => /bug_report|rageshake|map|identity|posthog|sentry/.test(key))).toEqual([]);
});

it('takes every option', () => {
  const options = {
    url,
    brand: 'ORISO',
    federatedRooms: true,
    presence: false,
    forceVerification: true,
    elementCallUrl: 'https://call.example.org',
  };
  expect(elementConfig(HOMESERVER, options)).toMatchObject({
    brand: 'ORISO',
    default_federate: true,
    enable_presence_by_hs_url: { 'https://matrix.example.org': false },
    force_verification: true,
    element_call: { url: 'https://call.example.org', use_exclusively: true },
  });
});

it.each([
  ['url', { url: 'element.example.org' }, "'element.example.org' has no scheme"],
  ['url', { url: 'https://example.org/element' }, "'https://example.org/element'"],
  ['elementCallUrl', { url, elementCallUrl: 'call' }, "'call' has no scheme"],
])('fails when %s is not valid', (name, options, value) => {
  expect(() => elementConfig(HOMESERVER, options)).toThrow(`${name} of WebClient.element ${value}`);
});
