import {
  type ClusterArchiveOptions,
  checkedArchive,
} from '../../../../lib/postgres/cloud-native-pg/backup/cluster-archive';

it('has the name of the cluster by default', () => {
  expect(checkedArchive('matrix-database', {})).toBe('matrix-database');
  expect(checkedArchive('matrix-database', { archive: 'second', restore: { archive: 'matrix-database' } })).toBe(
    'second',
  );
});

it.each<[string, ClusterArchiveOptions, string]>([
  ['the archive that it restores', { restore: { archive: 'matrix-database' } }, 'set archive to a new name, such as'],
  ['a path', { archive: 'a/b' }, "archive 'a/b' is not a valid name of an archive"],
  ['a path to restore', { restore: { archive: 'a/b' } }, "restore.archive 'a/b' is not a valid name of an archive"],
  ['a moment without a zone', { restore: { archive: 'a', moment: '2026-03-01T07:30:00' } }, 'time zone'],
])('fails for %s', (_, options, message) => {
  expect(() => checkedArchive('matrix-database', options)).toThrow(message);
});
