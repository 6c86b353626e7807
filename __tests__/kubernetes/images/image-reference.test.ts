import { checkedImage, checkedRegistry } from '../../../lib/kubernetes/images/image-reference';

const DIGEST = `@sha256:${'0123456789abcdef'.repeat(4)}`;

it.each([
  'postgres:17.11',
  'docker.io/library/postgres:17.11-alpine',
  'localhost:5000/team/synapse:v1.163.2',
  'registry.example.org:5000/mirror/docker.io/library/postgres:17.11-alpine',
  `ghcr.io/element-hq/synapse${DIGEST}`,
  `ghcr.io/element-hq/synapse:latest${DIGEST}`,
])('accepts the image %s', (reference) => {
  expect(checkedImage(reference)).toBe(reference);
});

it.each([
  ['there is no tag', 'postgres', 'use a version'],
  ['a port looks like a tag', 'localhost:5000/postgres', 'use a version'],
  ['the tag is latest', 'docker.io/library/postgres:latest', 'use a version'],
  ['it is empty', '', 'registry/repository:tag'],
  ['it has a scheme', 'https://docker.io/postgres:17', 'registry/repository:tag'],
  ['it has capitals', 'Postgres:17', 'registry/repository:tag'],
  ['it ends in a colon', 'postgres:', 'registry/repository:tag'],
  ['it has a space', 'postgres:17 ', 'registry/repository:tag'],
  ['the digest is cut', `postgres:17${DIGEST.slice(0, -1)}`, 'registry/repository:tag'],
])('refuses an image when %s', (_, reference, remedy) => {
  expect(() => checkedImage(reference)).toThrow(`image '${reference}'`);
  expect(() => checkedImage(reference)).toThrow(remedy);
});

it('suggests the same image with a version', () => {
  expect(() => checkedImage('docker.io/library/postgres')).toThrow('docker.io/library/postgres:1.2.3');
});

it.each([
  'registry.example.org',
  'registry.example.org/mirror/of_ours',
  'registry:5000',
  'localhost/a',
  '10.1.2.3:5000/a',
])('accepts the registry %s', (registry) => {
  expect(checkedRegistry(registry)).toBe(registry);
  expect(() => checkedImage(`${registry}/docker.io/library/postgres:17`)).not.toThrow();
});

it.each([
  ['it has a scheme', 'https://registry.example.org/mirror', "'registry.example.org/mirror'"],
  ['it has a scheme of its own', 'oci://registry.example.org', "'registry.example.org'"],
  ['it ends with a slash', 'registry.example.org/mirror/', "'registry.example.org/mirror'"],
  ['it has both', 'http://registry:5000/', "'registry:5000'"],
  ['it has no host, which means Docker Hub', 'mirror', 'a host with a dot or a port'],
  ['it has only a path', '/mirror', 'a host with a dot or a port'],
  ['it has capitals', 'registry.example.org/Mirror', 'a lower-case path'],
  ['it has a tag', 'registry.example.org/mirror:1', "such as 'registry.example.org/mirror'"],
  ['it has an empty folder', 'registry.example.org//mirror', "such as 'registry.example.org/mirror'"],
  ['it has a space', ' registry.example.org', "such as 'registry.example.org/mirror'"],
  ['it is empty', '', "such as 'registry.example.org/mirror'"],
])('refuses a registry when %s', (_, registry, remedy) => {
  expect(() => checkedRegistry(registry)).toThrow(`registry '${registry}' `);
  expect(() => checkedRegistry(registry)).toThrow(remedy);
});
