import { SYNAPSE_PANELS } from '../../../lib/synapse/monitored/panels';

it('has a title and a meaning for each panel, and the title only once', () => {
  const titles = SYNAPSE_PANELS.map(({ title }) => title);
  expect(new Set(titles).size).toBe(titles.length);
  expect(SYNAPSE_PANELS.filter(({ description }) => !description)).toEqual([]);
});
