import { addresses } from './edge/addresses';
import { attacks } from './edge/attacks';
import { bodies } from './edge/bodies';
import { browsers } from './edge/browsers';
import { cost } from './edge/cost';
import { limits } from './edge/limits';
import { names } from './edge/names';
import { nodePort } from './edge/node-port';
import { outages } from './edge/outages';
import { impatience, patience } from './edge/patience';
import { publicPaths } from './edge/public-paths';
import { refusalsInside, refusalsOutside } from './edge/refusals';
import { EdgeStage } from './edge/stage';
import { atNight, CORE } from './support/at-night';

// One system behind one controller, by an Ingress and by a Gateway.
const stage = new EdgeStage();
beforeAll(() => stage.setUp(), 300_000);
afterAll(() => stage.tearDown(), 180_000);
jest.setTimeout(120_000);

describe.each(['ingress', 'gateway'])('the edge behind its %s', (form) => {
  const outside = () => stage.outside();
  beforeAll(() => stage.show(form), 180_000);

  describe('public paths', () => publicPaths(stage));
  describe('client addresses', () => addresses(stage, form, outside));
  // The rest is the proxy's own: CI tries it behind one controller.
  if (!CORE || form === 'ingress') {
    describe('hostile requests', () => refusalsOutside(stage));
    describe('browsers', () => browsers(stage));
    describe('size limits', () => bodies(stage, form, outside));
    patience(stage, form, outside);
  }
});

describe('the proxy itself', () => {
  const { edge, client } = stage.listeners;

  describe('hostile requests', () => refusalsInside(stage));
  atNight.describe('client addresses that a controller reports', () =>
    addresses(
      stage,
      'controller',
      () => edge,
      (address) => address,
    ),
  );
  atNight.describe('addresses of clients in the cluster', () => addresses(stage, 'client', () => client));
  describe('size limits', () => bodies(stage, 'anybody', () => client));
  describe('time limits', () => impatience(stage, 'anybody'));
  describe('its node port', () => nodePort(stage));
  describe('limits of an address', () => limits(stage));
  describe('attacks on public paths', () => attacks(stage));
  atNight.describe('its latency', () => cost(stage));
  describe('rollouts and outages', () => outages(stage));
  atNight.describe('addresses of its servers', () => names(stage));
});
