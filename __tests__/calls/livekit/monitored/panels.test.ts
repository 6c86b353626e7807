import { LIVEKIT_PANELS } from '../../../../lib/calls/livekit/monitored/panels';

it('has a title and a meaning for each panel, and the title only once', () => {
  const titles = LIVEKIT_PANELS.map(({ title }) => title);
  expect(new Set(titles).size).toBe(titles.length);
  expect(LIVEKIT_PANELS.filter(({ description }) => !description)).toEqual([]);
});
