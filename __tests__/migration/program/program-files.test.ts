import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { programFiles } from '../../../lib/migration/program/program-files';

const SETTINGS = {
  server_name: 'example.org',
  synapse: 'matrix-synapse',
  database: null,
  sqlite: 'homeserver.db',
  signing_key: 'example.org.signing.key',
  media_store: 'media_store',
  signing_key_secret: 'matrix-signing-key',
  prefix: '',
};

it('has every module in one folder, and the settings', () => {
  const files = programFiles(SETTINGS);
  expect(Object.keys(files)).toEqual(expect.arrayContaining(['__main__.py', 'step_port.py', 'kubernetes_api.py']));
  expect(JSON.parse(files['settings.json'])).toEqual(SETTINGS);
});

it('has the settings that the program reads', () => {
  const module = join(__dirname, '../../../lib/migration/program/matrix_migration/settings.py');
  const fields = [...readFileSync(module, 'utf8').matchAll(/^ {4}(\w+): (?:str|None)/gm)].map(([, name]) => name);
  expect(Object.keys(SETTINGS)).toEqual(fields);
});
