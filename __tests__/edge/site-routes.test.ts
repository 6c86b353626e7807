import { siteRoutes, siteServers } from '../../lib/edge/site-routes';
import { SITES } from '../support/proxy-files';

it('leads the paths of each host to the port for sites, once for each host', () => {
  expect(
    siteRoutes([...SITES, { host: 'calls.example.org', routes: [{ ...SITES[1].routes[0], path: '/room' }] }]),
  ).toEqual([
    { host: 'calls.example.org', paths: ['/livekit', '/livekit/sfu/rtc', '/room'], servicePort: 81 },
    { host: 'chat.example.org', paths: ['/'], servicePort: 81 },
  ]);
});

it('names each server once, those of gates too', () => {
  const ports = siteServers(SITES).map(({ port }) => port);
  expect(ports).toEqual([7880, 3010]);
});
