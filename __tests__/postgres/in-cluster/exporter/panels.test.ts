import { POSTGRES_PANELS } from '../../../../lib/postgres/in-cluster/exporter/panels';

it('has a title and a meaning for each panel, and the title only once', () => {
  const titles = POSTGRES_PANELS.map(({ title }) => title);
  expect(new Set(titles).size).toBe(titles.length);
  expect(POSTGRES_PANELS.filter(({ description }) => !description)).toEqual([]);
});
