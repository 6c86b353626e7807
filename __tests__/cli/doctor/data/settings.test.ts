import { judgeHomeserver } from '../../../../cli/doctor/data/settings';
import { Homeserver } from '../../../../cli/doctor/facts/homeserver';

const ORIGINAL = `
server_name: example.org
enable_registration: true
database: { name: sqlite3, args: { database: /data/homeserver.db } }
`;

it('names what puts the original at risk', () => {
  const found = judgeHomeserver(Homeserver.of(ORIGINAL)).map(({ verdict, says }) => `${verdict} ${says}`);
  expect(found).toEqual([
    expect.stringMatching(/^fail the data is in SQLite \(\/data\/homeserver.db\)/),
    'warn registration is open to everyone',
  ]);
});

it('accepts PostgreSQL', () => {
  expect(judgeHomeserver(Homeserver.of('{server_name: example.org, database: {name: psycopg2}}'))).toEqual([
    { verdict: 'ok', says: 'homeserver.yaml of example.org uses PostgreSQL' },
  ]);
});
