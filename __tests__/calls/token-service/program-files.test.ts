import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type ProgramSettings, programFiles } from '../../../lib/calls/token-service/program-files';

it('has every file of the program, and its settings', () => {
  const files = programFiles({ port: 3010 } as ProgramSettings);
  const there = readdirSync(join(__dirname, '../../../lib/calls/token-service/program')).filter((name) =>
    name.endsWith('.py'),
  );
  expect(Object.keys(files).sort()).toEqual([...there, 'settings.json'].sort());
  expect(JSON.parse(files['settings.json'])).toEqual({ port: 3010 });
});
