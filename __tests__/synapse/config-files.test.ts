import { HomeserverConfig } from '../../lib';
import { configFiles } from '../../lib/synapse/config-files';

it('has the configuration and the scripts', () => {
  const files = configFiles(HomeserverConfig.of({ report_stats: false }));
  const start = ['database.py', 'epoch.py', 'epoch_guard.py', 'keep_running.py', 'wait_for_database.py'];
  const modules = ['even_logins.py', 'media_volume.py', 'orderly_end.py', 'private_log.py', 'volume.py'];
  const all = ['homeserver.yaml', 'log-config.yaml', ...start, ...modules, 'restart-on-change.sh'];
  expect(Object.keys(files).sort()).toEqual(all.sort());
  expect(files['homeserver.yaml']).toBe('report_stats: false\n');
});

it('fails when the configuration is not valid', () => {
  const config = HomeserverConfig.of({ enable_metrcs: true } as never);
  expect(() => configFiles(config)).toThrow('enable_metrics');
});

it('logs one line of JSON for each event, without DEBUG messages', () => {
  const log = configFiles(HomeserverConfig.of({}))['log-config.yaml'];
  expect(log).toContain('class: private_log.PrivateFormatter');
  expect(log).not.toMatch(/level: DEBUG/);
});
