import { checkedPostgresImage } from '../../../lib/postgres/in-cluster/image-check';
import { POSTGRES_IMAGE } from '../../../lib/postgres/in-cluster/postgres-image';

it.each([
  POSTGRES_IMAGE.reference,
  'registry.example.org/mirror/docker.io/library/postgres:17.11-alpine3.22',
  'docker.io/library/postgres:17-alpine@sha256:1',
  // What it is can be known only when it runs.
  'docker.io/library/postgres@sha256:1',
  'registry.example.org/postgres:17.11',
  'registry.example.org/own-postgres:17',
])('accepts %s', (reference) => {
  expect(checkedPostgresImage(reference)).toBe(reference);
});

it('fails for a version that does not read our settings', () => {
  expect(() => checkedPostgresImage('docker.io/library/postgres:15-alpine')).toThrow(
    'is PostgreSQL 15, and 16 or newer is needed',
  );
});

it.each([
  'postgres:17',
  'library/postgres:17.11-bookworm',
  'docker.io/library/postgres:17.11',
  'docker.io/library/postgres:17-trixie@sha256:1',
  'registry.example.org/mirror/docker.io/library/postgres:17',
])('fails when %s is on Debian', (reference) => {
  expect(() => checkedPostgresImage(reference)).toThrow(`image '${reference}' for postgres in images is on Debian`);
  expect(() => checkedPostgresImage(reference)).toThrow('docker.io/library/postgres:17.11-alpine');
});
