import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CHECKS } from '../../../cli/doctor/checks';
import { doctor } from '../../../cli/doctor/doctor';

afterEach(() => jest.restoreAllMocks());

it('cannot look without a namespace', async () => {
  const said = jest.spyOn(console, 'error').mockImplementation(() => undefined);
  expect(await doctor.run([])).toBe(2);
  expect(said).toHaveBeenCalledWith(expect.stringMatching(/^doctor: --namespace is missing/));
});

it('runs every check that there is', () => {
  const folder = join(__dirname, '../../../cli/doctor');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.ts'));
  const made = files.filter((path) => readFileSync(join(folder, path), 'utf8').includes(': Check = {'));
  expect(new Set(CHECKS.map(({ name }) => name)).size).toBe(made.length);
});
