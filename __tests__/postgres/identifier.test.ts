import { checkedIdentifier } from '../../lib/postgres/identifier';

it.each(['synapse', '_synapse2', 's', 'x'.repeat(63)])('takes %s', (name) => {
  expect(checkedIdentifier('database', name)).toBe(name);
});

it.each(['', 'Synapse', 'syn apse', 'syn-apse', '2synapse', 'x'.repeat(64), `s'; DROP`, 'sÿnapse', 'synapse\n'])(
  'fails on %j, which would need quotes',
  (name) => {
    expect(() => checkedIdentifier('database', name)).toThrow(`database '${name}' cannot be used`);
    expect(() => checkedIdentifier('database', name)).toThrow("write lower-case letters, digits and '_', at most 63");
  },
);

it.each(['postgres', 'backup', 'template0', 'template1', 'pg_synapse', 'pg_'])(
  'fails on %s, which has another use',
  (name) => {
    expect(() => checkedIdentifier('user', name)).toThrow(`user '${name}' cannot be used`);
    expect(() => checkedIdentifier('user', name)).toThrow('have their own use');
  },
);
