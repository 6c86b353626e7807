import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Metrics } from '../../../../cli/doctor/facts/metrics';

const metrics = new Metrics(
  ['# HELP one first', 'one 1.5e+09', 'one_more 2', 'two{part="a",other="x}\\"y"} 0', 'two{part="b"} 1', ''].join('\n'),
);

it('reads a value', () => expect(metrics.value('one')).toBe(1.5e9));
it('reads the value of a series by its labels', () => expect(metrics.value('two', { part: 'b' })).toBe(1));
it('reads all series', () => {
  expect(metrics.all('two')).toEqual([
    { labels: { part: 'a', other: 'x}\\"y' }, value: 0 },
    { labels: { part: 'b' }, value: 1 },
  ]);
});
it('has no value for a metric that is missing', () => expect(metrics.value('three')).toBeUndefined());

it('finds every metric that the checks read among those that the parts were seen to serve', () => {
  const folder = join(__dirname, '../../../monitoring/scrapes');
  const scrapes = ['backups', 'synapse'].map((part) => readFileSync(join(folder, `${part}.txt`), 'utf8'));
  // Those of a job, once it has run, are in the reference.
  const reference = readFileSync(join(__dirname, '../../../../docs/reference/metrics.md'), 'utf8');
  const seen = [...scrapes, reference].join('\n');
  const named = [
    'matrix_backup_problem',
    'matrix_backup_password_escrowed',
    'matrix_backup_last_success_timestamp_seconds',
    'matrix_drill_last_success_timestamp_seconds',
    'matrix_log_recovery_point_seconds',
    'matrix_log_unshipped_seconds',
    'matrix_media_volume_free_bytes',
    'synapse_background_update_status',
  ];
  expect(named.filter((name) => !new RegExp(`^(\\| .)?${name}\\b`, 'm').test(seen))).toEqual([]);
});
