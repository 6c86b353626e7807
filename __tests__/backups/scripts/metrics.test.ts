import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { python } from '../../support/python';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'metrics-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const metrics = (body: string) => python('metrics', body, {}, { BACKUP: folder }).answer;

it('are gauges in the text format of Prometheus', () => {
  expect(metrics('return metrics.lines("backup", {"media_files": 3, "database_bytes": 4096})')).toBe(
    '# TYPE matrix_backup_media_files gauge\nmatrix_backup_media_files 3\n' +
      '# TYPE matrix_backup_database_bytes gauge\nmatrix_backup_database_bytes 4096\n',
  );
});

it('are read back by part, with what the part has said', () => {
  metrics('metrics.write("drill", {"duration_seconds": 61.5}, "restored in 62 s")');
  expect(metrics('return metrics.read("drill")')).toEqual([{ duration_seconds: 61.5 }, 'restored in 62 s']);
});

it('of a part that never succeeded are none', () => {
  expect(metrics('return metrics.read("drill")')).toEqual([{}, null]);
  expect(metrics('return metrics.everything()')).toBe('');
});

it('of a part whose file a crash has emptied are none: the agent goes on', () => {
  metrics('metrics.write("drill", {"duration_seconds": 61.5})');
  writeFileSync(join(folder, 'metrics', 'drill.json'), '');
  expect(metrics('return metrics.read("drill")')).toEqual([{}, null]);
});

it('of all parts come together, the newest of each, and nothing half written is left', () => {
  metrics(
    'metrics.write("prune", {"sets": 1}); metrics.write("prune", {"sets": 2}); metrics.write("backup", {"x": 1})',
  );
  expect(metrics('return metrics.everything()')).toBe(
    '# TYPE matrix_backup_x gauge\nmatrix_backup_x 1\n# TYPE matrix_prune_sets gauge\nmatrix_prune_sets 2\n',
  );
  expect(readdirSync(join(folder, 'metrics')).sort()).toEqual([
    'backup.json',
    'backup.prom',
    'prune.json',
    'prune.prom',
  ]);
});
