import { bruteForce } from './brute-force';
import { bursts } from './bursts';
import { closedDoors } from './closed-doors';
import { logs } from './logs';
import { services } from './services';
import type { Stage } from './stage';

/** All requests of the counselling platform, as its services send them, and what must stay refused. */
export function contract(stage: Stage): void {
  services(stage);
  describe('requests that stay refused', () => closedDoors(stage));
  describe('bursts', () => bursts(stage));
  // Nearly last, because it exhausts the login limits.
  describe('password guessing', () => bruteForce(stage));
  describe('the logs of all that', () => logs(stage));
}
