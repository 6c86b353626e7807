import { checkedFile } from '../../lib/migration/migration-source';

it.each(['homeserver.db', 'example.org.signing.key', '192.0.2.1.signing.key', 'example.org:8448.signing.key'])(
  'takes %s',
  (name) => {
    expect(checkedFile('sqlite', name)).toBe(name);
  },
);

it.each(['', '/data/homeserver.db', '..', '-rf', 'a b'])("fails for '%s'", (name) => {
  expect(() => checkedFile('sqlite', name)).toThrow(`sqlite '${name}' is not the name of a file`);
});
