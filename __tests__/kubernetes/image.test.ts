import { defaultImage, IMAGES, type ImageName, UIDS } from '../../lib/kubernetes/image';

const NAMES = Object.keys(IMAGES) as ImageName[];

it.each(NAMES)('%s is what images.lock says', (name) => {
  expect(defaultImage(name, {})).toBe(IMAGES[name]);
});

it.each(NAMES)('%s keeps its full name in another registry', (name) => {
  expect(defaultImage(name, { imageRegistry: 'registry.example.org/mirror' })).toBe(
    `registry.example.org/mirror/${IMAGES[name]}`,
  );
});

it('fails when the registry is none, though nobody asks for one', () => {
  expect(() => defaultImage('postgres', { imageRegistry: '' })).toThrow("imageRegistry ''");
});

it('says for which image a user is', () => {
  expect(NAMES).toEqual(expect.arrayContaining(Object.keys(UIDS)));
});
