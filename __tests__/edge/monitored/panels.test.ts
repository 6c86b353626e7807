import { EDGE_PANELS } from '../../../lib/edge/monitored/panels';

it('has a title and a meaning for each panel, and the title only once', () => {
  const titles = EDGE_PANELS.map(({ title }) => title);
  expect(new Set(titles).size).toBe(titles.length);
  expect(EDGE_PANELS.filter(({ description }) => !description)).toEqual([]);
});
