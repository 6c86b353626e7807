import { SupportRole } from '../../lib/discovery/site';

test('has the roles of the specification, and accepts any namespaced name', () => {
  expect([SupportRole.ADMIN.name, SupportRole.SECURITY.name]).toEqual(['m.role.admin', 'm.role.security']);
  expect(SupportRole.of('org.example.on-call').name).toBe('org.example.on-call');
});

test.each(['', 'Admin', 'admin', 'm.role.Admin', 'm.role.', 'm role.admin', 'm.role.admin\n'])(
  'refuses the role %j',
  (name) => {
    expect(() => SupportRole.of(name)).toThrow(`'${name}' is not a valid role of a support contact`);
    expect(() => SupportRole.of(name)).toThrow('such as m.role.admin');
  },
);
