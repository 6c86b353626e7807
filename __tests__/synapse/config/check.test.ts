import { check, RIGHT } from '../../support/homeserver';

test.each(RIGHT.map((s) => [JSON.stringify(s), s] as const))('accepts %s', (_, settings) => {
  expect(check(settings)).toEqual([]);
});

test('reports a broken rule beside a misspelt key', () => {
  expect(check({ typo_here: 1, database: { name: 'sqlite3' } })).toHaveLength(2);
});

test('a secret under a key that does not exist is one error', () => {
  expect(check({ email: { notif_from: 'a@example.org', api_token: 'S3' } })).toEqual([
    expect.stringContaining('email.api_token is set (value withheld)'),
  ]);
});

test('refuses settings that are not a mapping', () => {
  expect(check([])).toEqual([expect.stringContaining('must be a mapping')]);
});

test('three hundred configurations are checked in well under a second', () => {
  const settings = Object.assign({}, ...RIGHT, { stream_writers: {}, listeners: [{ port: 8008, type: 'metrics' }] });
  // Processor time of the fastest of several: this machine may be busy with other work.
  const times = Array.from({ length: 10 }, () => {
    const start = process.cpuUsage();
    for (let i = 0; i < 30; i++) check(settings);
    return process.cpuUsage(start).user / 100;
  });
  expect(Math.min(...times)).toBeLessThan(500);
});
