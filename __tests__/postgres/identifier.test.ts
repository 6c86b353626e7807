import { checkedExternalName, checkedIdentifier } from '../../lib/postgres/identifier';

it.each(['synapse', '_synapse2', 's', 'x'.repeat(63)])('accepts %s', (name) => {
  expect(checkedIdentifier('database', name)).toBe(name);
});

it.each(['', 'Synapse', 'syn apse', 'syn-apse', '2synapse', 'x'.repeat(64), `s'; DROP`, 'sÿnapse', 'synapse\n'])(
  'refuses %j, which would need quotes',
  (name) => {
    expect(() => checkedIdentifier('database', name)).toThrow(`database '${name}'`);
    expect(() => checkedIdentifier('database', name)).toThrow("use at most 63 lower-case letters, digits and '_'");
  },
);

it.each(['postgres', 'backup', 'template0', 'template1', 'pg_synapse', 'pg_'])(
  'refuses %s, which has another use',
  (name) => {
    expect(() => checkedIdentifier('user', name)).toThrow(`user '${name}'`);
    expect(() => checkedIdentifier('user', name)).toThrow('are reserved');
  },
);

it.each(['public', 'none'])('refuses the user %s, which PostgreSQL gives to no role, here and elsewhere', (name) => {
  for (const checked of [checkedIdentifier, checkedExternalName]) {
    expect(() => checked('user', name)).toThrow(`user '${name}' is not a valid name: use another one, such as`);
    expect(checked('database', name)).toBe(name);
  }
});
