import { elementCallConfig } from '../../../lib/web-client/call-client/element-call-config';

it('names the homeserver and the token service, and no server of others', () => {
  const serviceUrl = 'https://calls.example.org/livekit/jwt';
  const facts = { serverName: 'example.org', publicBaseUrl: 'https://matrix.example.org', serviceUrl };
  expect(elementCallConfig(facts)).toEqual({
    default_server_config: { 'm.homeserver': { base_url: 'https://matrix.example.org', server_name: 'example.org' } },
    livekit: { livekit_service_url: serviceUrl },
    matrix_rtc_mode: 'compatibility',
  });
});
