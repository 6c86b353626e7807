import { Duration } from 'cdk8s';
import { SecretKey, type TurnServer } from '../../../lib';
import { turnSettings } from '../../../lib/synapse/integrations/turn';

const TURN: TurnServer = {
  uris: ['turn:turn.example.org?transport=udp'],
  sharedSecret: SecretKey.fromSecretName('turn', 'shared_secret'),
};

it('has no settings without a server', () => {
  expect(turnSettings(undefined, '/secrets')).toEqual({});
});

it('minimal', () => {
  expect(turnSettings(TURN, '/secrets')).toEqual({
    turn_uris: ['turn:turn.example.org?transport=udp'],
    turn_shared_secret_path: '/secrets/turn_shared_secret',
    turn_user_lifetime: '3600s',
    turn_allow_guests: false,
  });
});

it('all props', () => {
  const uris = ['stun:turn.example.org:3478', 'turns:turn.example.org:5349?transport=tcp'];
  const settings = turnSettings({ ...TURN, uris, userLifetime: Duration.days(1) }, '/s');
  expect(settings).toMatchObject({ turn_uris: uris, turn_user_lifetime: '86400s' });
});

it.each([
  ['there is no URI', []],
  ['there is only a STUN server', ['stun:turn.example.org']],
  ['a URI is a web address', ['https://turn.example.org']],
  ['a URI has no scheme', ['turn.example.org:3478']],
  ['a URI has slashes', ['turn://turn.example.org']],
  ['one of two URIs is not valid', ['turn:turn.example.org', 'turn.example.org']],
])('fails when %s', (_, uris) => {
  const make = () => turnSettings({ ...TURN, uris }, '/secrets');
  expect(make).toThrow(`TURN uris ${JSON.stringify(uris)}`);
  expect(make).toThrow('turn:host?transport=udp');
});
