import { TOKEN_SERVICE_PANELS } from '../../../../lib/calls/token-service/monitored/panels';

it('has a title and a meaning for each panel, and the title only once', () => {
  const titles = TOKEN_SERVICE_PANELS.map(({ title }) => title);
  expect(new Set(titles).size).toBe(titles.length);
  expect(TOKEN_SERVICE_PANELS.filter(({ description }) => !description)).toEqual([]);
});
