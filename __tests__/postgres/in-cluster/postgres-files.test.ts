import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Duration, Size } from 'cdk8s';
import { postgresFiles } from '../../../lib/postgres/in-cluster/postgres-files';
import { postgresqlConf } from '../../../lib/postgres/in-cluster/postgresql-conf';

const PROPS = {
  memory: Size.gibibytes(4),
  connections: 10,
  archiveTimeout: Duration.seconds(60),
  parameters: {},
};

it('holds the settings for the props, and the files beside it as they are', () => {
  const { 'postgresql.conf': conf, ...others } = postgresFiles(PROPS, false);
  expect(conf).toBe(postgresqlConf(PROPS));
  expect(Object.keys(others)).toEqual(expect.arrayContaining(['pg_hba.conf', 'initialise.sh', 'archive-wal.sh']));
  for (const [name, text] of Object.entries(others)) {
    const folder = name === 'pg_ident.conf' ? 'exporter' : '';
    expect(text).toBe(readFileSync(join(__dirname, '../../../lib/postgres/in-cluster', folder, name), 'utf8'));
  }
});

it('has every file that the settings name', () => {
  const files = postgresFiles(PROPS, false);
  const named = [...files['postgresql.conf'].matchAll(/\/etc\/postgresql\/([\w.-]+)/g)].map(([, name]) => name);
  expect(named.length).toBeGreaterThan(1);
  expect(Object.keys(files)).toEqual(expect.arrayContaining(named));
});
