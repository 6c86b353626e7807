import { CLUSTER_PANELS } from '../../../../lib/postgres/cloud-native-pg/monitored/panels';

it('has a title and a meaning for each panel, and the title only once', () => {
  const titles = CLUSTER_PANELS.map(({ title }) => title);
  expect(new Set(titles).size).toBe(titles.length);
  expect(CLUSTER_PANELS.filter(({ description }) => !description)).toEqual([]);
});
