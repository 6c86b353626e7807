import { HomeserverConfig } from '../../lib';
import { configFiles } from '../../lib/synapse/config-files';

it('has the configuration and the scripts', () => {
  const files = configFiles(HomeserverConfig.of({ report_stats: false }));
  const scripts = ['database.py', 'epoch.py', 'epoch_guard.py', 'wait_for_database.py', 'restart-on-change.sh'];
  const aboutVolumes = ['media_volume.py', 'volume.py'];
  expect(Object.keys(files).sort()).toEqual(['homeserver.yaml', 'log-config.yaml', ...scripts, ...aboutVolumes].sort());
  expect(files['homeserver.yaml']).toBe('report_stats: false\n');
});

it('fails when the configuration is not valid', () => {
  const config = HomeserverConfig.of({ enable_metrcs: true } as never);
  expect(() => configFiles(config)).toThrow('enable_metrics');
});

it('logs one line of JSON for each event, without DEBUG messages', () => {
  const log = configFiles(HomeserverConfig.of({}))['log-config.yaml'];
  expect(log).toContain('class: synapse.logging.TerseJsonFormatter');
  expect(log).not.toMatch(/level: DEBUG/);
});
