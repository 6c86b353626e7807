import { parse } from 'yaml';
import { LivekitEntry } from '../../../lib';
import { livekitConfig } from '../../../lib/calls/livekit/livekit-config';
import { livekitProps } from '../../support/livekit';

it('minimal: no old token opens a room, only the token service does, and no public server learns the addresses of clients', () => {
  expect(parse(livekitConfig(livekitProps()))).toMatchObject({
    port: 7880,
    room: { auto_create: false, max_participants: 50 },
    rtc: { udp_port: 30002, tcp_port: 30001, use_external_ip: false, stun_servers: ['stun.invalid:3478'] },
    webhook: { api_key: 'matrix', urls: ['http://livekit-token-service:3010/sfu_webhook'] },
    turn: { enabled: false },
  });
});

it('all props: relays only to itself', () => {
  const entry = LivekitEntry.nodePorts({ publicAddress: '203.0.113.7', udpPort: 30012, tcpPort: 30011 });
  const config = parse(
    livekitConfig({
      ...livekitProps(),
      entry,
      relayPort: 30014,
      maxParticipants: 4,
      webhookUrl: 'http://tokens/sfu_webhook',
    }),
  );
  expect(config.room.max_participants).toBe(4);
  expect(config.webhook.urls).toEqual(['http://tokens/sfu_webhook']);
  expect(config.rtc).toEqual({ udp_port: 30012, tcp_port: 30011, use_external_ip: false });
  expect(config.turn).toMatchObject({
    enabled: true,
    udp_port: 30014,
    allow_restricted_peer_cidrs: ['203.0.113.7/32'],
  });
});
