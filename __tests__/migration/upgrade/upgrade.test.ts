import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const SCRIPT = join(__dirname, '../../../lib/migration/upgrade/upgrade.sh');

// What it does with two servers is tested on a cluster, by e2e/postgres-upgrade.test.ts.
describe('the places of the old and the new database', () => {
  let folder: string;
  const path = (name: string) => join(folder, name);
  const data = (name: string, version: string) => {
    mkdirSync(path(name));
    writeFileSync(path(`${name}/PG_VERSION`), `${version}\n`);
  };
  const run = (action: string) => {
    const env = {
      PATH: process.env.PATH,
      PGDATA: path('pgdata'),
      PG_MAJOR: '17',
      DATABASE_NAME: 'x',
      DATABASE_USER: 'y',
    };
    const { status, stdout, stderr } = spawnSync('bash', [SCRIPT, action], { encoding: 'utf8', env });
    return `${status} ${stdout}${stderr}`;
  };
  const places = () =>
    readdirSync(folder)
      .sort()
      .map((name) => name.replace(/undone-.*/, 'undone'));

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'upgrade-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it.each([
    ['before the old one was moved', ['pgdata', 'pgdata.upgraded']],
    ['between both', ['pgdata.postgresql-15', 'pgdata.upgraded']],
    ['after the new one was moved', ['pgdata', 'pgdata.postgresql-15']],
  ])('are finished when it was killed %s', (_, found) => {
    for (const name of found) {
      data(name, '17');
    }
    writeFileSync(path('upgrade-in-progress'), 'pgdata.upgraded pgdata.postgresql-15\n');
    expect(run('upgrade')).toMatch(/^0 upgrade: finished what was interrupted/);
    expect(places()).toEqual(['pgdata', 'pgdata.postgresql-15']);
  });

  it('are those of before after an undo', () => {
    data('pgdata', '17');
    data('pgdata.postgresql-15', '15');
    expect(run('undo')).toMatch(/^0 upgrade: undone, the database of PostgreSQL 15 is in place again/);
    expect(places()).toEqual(['pgdata', 'pgdata.undone']);
  });

  it('are not changed by an undo without an upgrade, or by a marker that no upgrade has written', () => {
    data('pgdata', '17');
    expect(run('undo')).toContain('REFUSED: the claim has 0 databases that an upgrade kept');
    writeFileSync(path('upgrade-in-progress'), '../elsewhere pgdata.x\n');
    expect(run('upgrade')).toContain('is not one that an upgrade has written');
    expect(existsSync(path('pgdata/PG_VERSION'))).toBe(true);
  });
});
