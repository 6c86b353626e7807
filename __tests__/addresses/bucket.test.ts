import { checkBucket } from '../../lib/addresses/bucket';

it.each([
  [{ bucket: 'abc' }],
  [{ bucket: 'media.example.org', prefix: 'matrix', region: 'eu-central-1' }],
  [{ bucket: 'a'.repeat(63), prefix: 'a/b_c/.d' }],
])('accepts %j', (place) => {
  expect(() => checkBucket(place, 'matrix-media')).not.toThrow();
});

it.each([
  ['a bucket with capitals', { bucket: 'Media' }, "bucket 'Media' is not a valid bucket name: use 3 to 63"],
  ['a bucket that is an address', { bucket: '192.0.2.1' }, 'such as matrix-media'],
  ['a prefix that goes up', { bucket: 'media', prefix: 'a/../b' }, "prefix 'a/../b' is not a valid path"],
  ['a prefix with a slash at its end', { bucket: 'media', prefix: 'a/' }, 'such as matrix/production'],
  ['a region with a space', { bucket: 'media', region: 'eu 1' }, "region 'eu 1' is not valid"],
])('fails when there is %s', (_, place, message) => {
  expect(() => checkBucket(place, 'matrix-media')).toThrow(message);
});
