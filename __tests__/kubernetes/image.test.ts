import { checkedImage, IMAGES } from '../../lib/kubernetes/image';

const DIGEST = `@sha256:${'0123456789abcdef'.repeat(4)}`;

it.each([
  ...Object.values(IMAGES),
  'postgres:17.11',
  'docker.io/library/postgres:17.11-alpine',
  'localhost:5000/team/synapse:v1.163.2',
  `ghcr.io/element-hq/synapse${DIGEST}`,
  `ghcr.io/element-hq/synapse:latest${DIGEST}`,
])('takes %s', (reference) => {
  expect(checkedImage(reference)).toBe(reference);
});

it.each([
  ['there is no tag', 'postgres', 'has no tag'],
  ['a port looks like a tag', 'localhost:5000/postgres', 'has no tag'],
  ['the tag is latest', 'docker.io/library/postgres:latest', 'has the tag latest'],
  ['it is empty', '', 'is no image reference'],
  ['it has a scheme', 'https://docker.io/postgres:17', 'is no image reference'],
  ['it has capitals', 'Postgres:17', 'is no image reference'],
  ['it ends in a colon', 'postgres:', 'is no image reference'],
  ['it has a space', 'postgres:17 ', 'is no image reference'],
  ['the digest is cut', `postgres:17${DIGEST.slice(0, -1)}`, 'is no image reference'],
])('fails when %s', (_, reference, problem) => {
  expect(() => checkedImage(reference)).toThrow(`image '${reference}' ${problem}`);
});

it('says what to write instead', () => {
  expect(() => checkedImage('docker.io/library/postgres')).toThrow('docker.io/library/postgres:1.2.3');
});
