import { nodePortOf } from '../../../cli/adopt/installation';
import { ORIGINAL } from './found';

it('finds the port of the nodes for clients', () => {
  expect(nodePortOf(ORIGINAL)).toBe(30292);
  expect(nodePortOf({ ...ORIGINAL, services: [] })).toBeUndefined();
});
