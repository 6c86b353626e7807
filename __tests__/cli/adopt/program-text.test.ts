import { programText } from '../../../cli/adopt/program-text';
import { ORIGINAL } from './found';

it('writes a program that keeps names, sizes, storage class and node port', () => {
  const text = programText(ORIGINAL);
  expect(text).toContain("serverName: 'caritas.local',");
  expect(text).toContain("publicBaseUrl: 'http://caritas.local:8008',");
  expect(text).toContain("storageClass: 'local-path',");
  expect(text).toContain('mediaStorage: Size.mebibytes(10240),');
  expect(text).toContain('nodePort: 30292,');
  expect(text).toContain("new SqliteMigration(chart, 'Migration', {");
});

it('has no move where the data is in PostgreSQL', () => {
  const text = programText({ ...ORIGINAL, settings: { database: { name: 'psycopg2' } }, services: [], claims: [] });
  expect(text).not.toContain('SqliteMigration');
  expect(text).not.toContain('nodePort');
  expect(text).toContain('storage: Size.mebibytes(20480)');
});

it('quotes names', () => {
  expect(programText({ ...ORIGINAL, namespace: "it's" })).toContain("namespace: 'it\\'s',");
});
