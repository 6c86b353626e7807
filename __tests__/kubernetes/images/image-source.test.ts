import { IMAGES, type ImageName, imageOf, UIDS } from '../../../lib/kubernetes/images/image';

const NAMES = Object.keys(IMAGES) as ImageName[];

it.each(NAMES)('%s is what images.lock says', (name) => {
  expect(imageOf(name, {})).toBe(IMAGES[name]);
});

it.each(NAMES)('%s keeps its full name in another registry', (name) => {
  expect(imageOf(name, { imageRegistry: 'registry.example.org/mirror' })).toBe(
    `registry.example.org/mirror/${IMAGES[name]}`,
  );
});

it.each(NAMES)('%s can be another one, which no mirror changes', (name) => {
  const images = { [name]: `example.org/own:1@sha256:${'a'.repeat(64)}` };
  expect(imageOf(name, { images, imageRegistry: 'registry.example.org' })).toBe(images[name]);
});

it.each([
  ['own', "image 'own' has no tag"],
  ['example.org/own:latest', 'has the tag latest'],
])('fails when the other one is %s', (restic, message) => {
  expect(() => imageOf('restic', { images: { restic } })).toThrow(message);
});

it('fails when the registry is none, though nobody asks for one', () => {
  expect(() => imageOf('postgres', { imageRegistry: '' })).toThrow("imageRegistry ''");
});

it('says for which image a user is', () => {
  expect(NAMES).toEqual(expect.arrayContaining(Object.keys(UIDS)));
});
