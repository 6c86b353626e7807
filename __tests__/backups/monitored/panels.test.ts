import { BACKUPS_PANELS } from '../../../lib/backups/monitored/panels';

it('has a title and a meaning for each panel, and the title only once', () => {
  const titles = BACKUPS_PANELS.map(({ title }) => title);
  expect(new Set(titles).size).toBe(titles.length);
  expect(BACKUPS_PANELS.filter(({ description }) => !description)).toEqual([]);
});
