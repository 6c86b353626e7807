import { addresses } from './edge/addresses';
import { attacks } from './edge/attacks';
import { bodies } from './edge/bodies';
import { browsers } from './edge/browsers';
import { cost } from './edge/cost';
import { nodePort } from './edge/node-port';
import { outages } from './edge/outages';
import { impatience, patience } from './edge/patience';
import { publicPaths } from './edge/public-paths';
import { refusalsInside, refusalsOutside } from './edge/refusals';
import { EdgeStage } from './edge/stage';

// One system, through one controller, in both forms of the edge.
const stage = new EdgeStage();
beforeAll(() => stage.setUp(), 300_000);
afterAll(() => stage.tearDown(), 180_000);
jest.setTimeout(120_000);

describe.each(['ingress', 'gateway'])('by the form `%s`', (form) => {
  const outside = () => stage.outside();
  beforeAll(() => stage.show(form), 180_000);

  describe('what is public', () => publicPaths(stage));
  describe('what browsers may do', () => browsers(stage));
  describe('what is not', () => refusalsOutside(stage));
  describe('where somebody comes from', () => addresses(stage, form, outside));
  describe('how much is said', () => bodies(stage, form, outside));
  patience(stage, form, outside);
});

describe('at the proxy itself', () => {
  const { edge, client } = stage.listeners;

  describe('what is not public', () => refusalsInside(stage));
  describe('where a controller says that somebody comes from', () =>
    addresses(
      stage,
      'controller',
      () => edge,
      (address) => address,
    ));
  describe('where a client in the cluster comes from', () => addresses(stage, 'client', () => client));
  describe('how much is said', () => bodies(stage, 'anybody', () => client));
  describe('how long it takes', () => impatience(stage, 'anybody'));
  describe('its port on the nodes', () => nodePort(stage));
  describe('what somebody tries who keeps to it', () => attacks(stage));
  describe('what it costs', () => cost(stage));
  describe('when something is exchanged', () => outages(stage));
});
