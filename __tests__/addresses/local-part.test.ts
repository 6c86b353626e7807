import { checkedLocalPart } from '../../lib/addresses/local-part';

it('accepts every character that Synapse accepts', () => {
  expect(checkedLocalPart('adminUsername', 'matrix-admin_2.x=y/z+1', 'example.org')).toBe('matrix-admin_2.x=y/z+1');
});

it.each(['', 'Admin', 'two words', '@admin:example.org', 'ä'])('fails when the name is %j', (name) => {
  expect(() => checkedLocalPart('adminUsername', name, 'example.org')).toThrow(
    `adminUsername '${name}' is not a valid account name`,
  );
  expect(() => checkedLocalPart('adminUsername', name, 'example.org')).toThrow('use only lower-case letters');
});

it('fails when the ID is longer than Matrix allows', () => {
  const name = 'x'.repeat(242);
  expect(checkedLocalPart('adminUsername', name, 'example.org')).toBe(name);
  expect(() => checkedLocalPart('adminUsername', `${name}x`, 'example.org')).toThrow(
    '256 characters long: use a shorter name',
  );
});
