import { Testing } from 'cdk8s';
import { SecretKey, Turn, TurnEntry } from '../../../lib';
import { find } from '../../support/manifests';
import { chartOf } from '../../support/systems';

const COTURN = Turn.coturn({ host: 'turn.example.org', entry: TurnEntry.nodePorts(), calls: 1 });
const homeserver = (turn?: Turn) =>
  find(Testing.synth(chartOf({ turn })), 'ConfigMap', 'matrix-homeserver-oidc').data['homeserver.yaml'];

it('is absent by default, and clients then get no TURN server', () => {
  expect(homeserver()).not.toContain('turn_');
  expect(homeserver()).toBe(homeserver(Turn.none()));
});

it('gives the URIs, the secret and the lifetime of coturn to Synapse, and nothing to guests', () => {
  const yaml = homeserver(COTURN);
  expect(yaml).toContain('turn:turn.example.org:30478?transport=udp');
  expect(yaml).toContain('turn_shared_secret_path: /secrets/turn_shared_secret');
  expect(yaml).toContain('turn_user_lifetime: 3600s');
  expect(yaml).toContain('turn_allow_guests: false');
});

it('uses a server that runs elsewhere', () => {
  const sharedSecret = SecretKey.fromSecretName('turn', 'secret');
  const turn = Turn.external({ uris: ['turns:turn.example.org'], sharedSecret });
  const manifests = Testing.synth(chartOf({ turn }));
  expect(homeserver(turn)).toContain('turns:turn.example.org');
  expect(manifests.filter(({ metadata }) => metadata.name.startsWith('matrix-turn'))).toEqual([]);
});
