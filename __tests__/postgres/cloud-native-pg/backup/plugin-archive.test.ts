import { pluginArchive } from '../../../../lib/postgres/cloud-native-pg/backup/plugin-archive';

it('writes and reads by the plugin', () => {
  const archive = pluginArchive({ objectStore: 'store' });
  expect(archive.port).toBe(443);
  expect(archive.into('second').plugins?.[0].parameters).toEqual({ barmanObjectName: 'store', serverName: 'second' });
  expect(archive.from('first').plugin?.parameters).toEqual({ barmanObjectName: 'store', serverName: 'first' });
});

it('fails for an address instead of a name', () => {
  expect(() => pluginArchive({ objectStore: 's3://bucket' })).toThrow("objectStore 's3://bucket' is not a valid name");
});
