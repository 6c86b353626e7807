import { nodePortOf } from '../../../cli/adopt/installation';
import { ORIGINAL } from './found';

it('finds the ports of the nodes for clients and other servers', () => {
  expect(nodePortOf(ORIGINAL)).toBe(30292);
  expect(nodePortOf(ORIGINAL, 8009)).toBe(32469);
  expect(nodePortOf({ ...ORIGINAL, services: [] })).toBeUndefined();
});
