import { HomeserverConfig, Scaling } from '../../lib';
import { configFiles } from '../../lib/synapse/config-files';
import { ROLES } from '../../lib/synapse/workers/worker-role';

const PORTS = { client: 8008, metrics: 9000 };

it('has the configuration and the scripts', () => {
  const files = configFiles(HomeserverConfig.of({ report_stats: false }), PORTS, []);
  const keep = ['keep_running.py', 'keeper.py', 'processes.py'];
  const start = [
    'database.py',
    'epoch.py',
    'epoch_guard.py',
    'main_health.py',
    'schema.py',
    'start_main.py',
    'table_settings.py',
    'volume_lock.py',
    'wait_for_database.py',
  ];
  const modules = [
    'bounded_inbox.py',
    'even_logins.py',
    'media_volume.py',
    'of_synapse.py',
    'orderly_end.py',
    'private_log.py',
    'volume.py',
  ];
  const all = ['homeserver.yaml', 'log-config.yaml', ...keep, ...start, ...modules];
  expect(Object.keys(files).sort()).toEqual(all.sort());
  expect(files['homeserver.yaml']).toBe('report_stats: false\n');
});

it('has a file for each worker, and the script that starts it', () => {
  const worker = { role: ROLES.sync, scaling: Scaling.fixed(2), workloadName: 'matrix-synapse-sync' };
  const files = configFiles(HomeserverConfig.of({ report_stats: false }), PORTS, [worker]);
  expect(files['worker-sync.yaml']).toContain('worker_app: synapse.app.generic_worker');
  expect(files).toHaveProperty(['start_worker.py']);
});

it('fails when the configuration is not valid', () => {
  const config = HomeserverConfig.of({ enable_metrcs: true } as never);
  expect(() => configFiles(config, PORTS, [])).toThrow('enable_metrics');
});

it('logs one line of JSON for each event, without DEBUG messages', () => {
  const log = configFiles(HomeserverConfig.of({}), PORTS, [])['log-config.yaml'];
  expect(log).toContain('class: private_log.PrivateFormatter');
  expect(log).not.toMatch(/level: DEBUG/);
  // Its messages are names of files.
  expect(log).toMatch(/synapse\.s3:\s+level: WARNING/);
});
