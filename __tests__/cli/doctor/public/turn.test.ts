import { turnPlace } from '../../../../cli/doctor/public/turn';

it.each([
  ['turn:turn.example.org', { host: 'turn.example.org', port: 3478, udp: true }],
  ['turn:turn.example.org:30478?transport=udp', { host: 'turn.example.org', port: 30478, udp: true }],
  ['turn:turn.example.org:30478?transport=tcp', { host: 'turn.example.org', port: 30478, udp: false }],
  ['turns:turn.example.org', { host: 'turn.example.org', port: 5349, udp: false }],
  ['turn:[2001:db8::1]:3478', { host: '2001:db8::1', port: 3478, udp: true }],
  ['http://turn.example.org', undefined],
])('knows how clients reach %s', (uri, place) => expect(turnPlace(uri)).toEqual(place));
