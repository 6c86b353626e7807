import { SYNTHETIC_USER_PANELS } from '../../../lib/synthetic-user/monitored/panels';

it('has a title and a meaning for each panel, and the title only once', () => {
  const titles = SYNTHETIC_USER_PANELS.map(({ title }) => title);
  expect(new Set(titles).size).toBe(titles.length);
  expect(SYNTHETIC_USER_PANELS.filter(({ description }) => !description)).toEqual([]);
});
