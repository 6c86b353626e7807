import { ROLES, WRITERS } from '../../../lib/synapse/workers/worker-role';

const ALL = [...Object.values(ROLES), ...Object.values(WRITERS)];

it('each has a name and a prop of its own', () => {
  expect(new Set(ALL.map(({ name }) => name)).size).toBe(ALL.length);
  expect(Object.entries(ROLES).map(([prop]) => prop)).toEqual(Object.values(ROLES).map(({ prop }) => prop));
});

it('each answers requests, or has a duty', () => {
  expect(ALL.filter(({ routes, duties, streams }) => !routes && !duties && !streams)).toEqual([]);
});

it('each stream has one kind of writer', () => {
  const streams = ALL.flatMap((role) => role.streams ?? []);
  expect(new Set(streams).size).toBe(streams.length);
});
