import { Size } from 'cdk8s';
import { hostsOf, renderBackends } from '../../../lib/edge/proxy/backends';
import { renderSiteRoutes, siteBackends } from '../../../lib/edge/proxy/site-backends';
import { combinations, SITES } from '../../support/proxy-files';

it('forwards to each server, with the rules of its route', () => {
  const text = renderBackends(siteBackends(SITES));
  expect(text).toContain(
    [
      'backend site:calls.example.org:livekit from answers',
      '  no log',
      '  http-request deny deny_status 413 if { req.hdr_val(Content-Length) gt 65536 }',
      '  http-request del-header Upgrade',
      `  server site "localhost\${POD_DOMAIN-}:7880"`,
    ].join('\n'),
  );
  expect(text).toContain(
    [
      '  http-request del-header Upgrade unless { method GET } { req.hdr(Upgrade) -i websocket }',
      '  timeout tunnel 1h',
      '  http-request lua.gate gate:calls.example.org:livekit:sfu:rtc /admission unless { method OPTIONS }',
      "  http-request replace-path '^/livekit/sfu/?(.*)$' '/\\1'",
    ].join('\n'),
  );
});

it('asks the server of a gate', () => {
  expect(renderBackends(siteBackends(SITES))).toContain(
    [
      'backend gate:calls.example.org:livekit:sfu:rtc from answers',
      '  no log',
      `  server site "localhost\${POD_DOMAIN-}:3010"`,
    ].join('\n'),
  );
});

it('limits bodies by route', () => {
  const [{ host, routes }] = SITES;
  const sites = [{ host, routes: [{ ...routes[0], maxBody: Size.mebibytes(1) }] }];
  expect(renderBackends(siteBackends(sites))).toContain('gt 1048576 }');
});

it('does not make the start of the proxy wait for other parts', () => {
  expect(hostsOf(siteBackends(SITES))).toEqual([]);
});

it('takes the longest path that fits, by whole segments', () => {
  const ofHost = "{ var(txn.host) -m str 'calls.example.org' }";
  expect(renderSiteRoutes(SITES).split('\n')).toEqual([
    `  use_backend site:calls.example.org:livekit:sfu:rtc if ${ofHost} { path '/livekit/sfu/rtc' } || ${ofHost} { path_beg '/livekit/sfu/rtc/' }`,
    `  use_backend site:calls.example.org:livekit if ${ofHost} { path '/livekit' } || ${ofHost} { path_beg '/livekit/' }`,
    "  use_backend site:chat.example.org: if { var(txn.host) -m str 'chat.example.org' }",
    '',
  ]);
});

it('takes a WebSocket that came over TLS for secure, as Traefik reports it', () => {
  const [{ files }] = combinations();
  expect(files['65-sites.cfg']).toContain('acl tls var(txn.proto) -m str https wss\n');
});
