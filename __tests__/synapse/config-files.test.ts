import { HomeserverConfig } from '../../lib';
import { homeserverFiles } from '../../lib/synapse/homeserver-files';

it('are the configuration, and what stands beside it', () => {
  const files = homeserverFiles(HomeserverConfig.of({ report_stats: false }));
  const scripts = ['database.py', 'wait-for-database.py', 'epoch-guard.py', 'restart-on-change.sh'];
  expect(Object.keys(files)).toEqual(['homeserver.yaml', 'log-config.yaml', ...scripts]);
  expect(files['homeserver.yaml']).toBe('report_stats: false\n');
});

it('fail when the configuration is wrong', () => {
  const config = HomeserverConfig.of({ enable_metrcs: true } as never);
  expect(() => homeserverFiles(config)).toThrow('write enable_metrics');
});

it('log one line of JSON for each event, and no access tokens', () => {
  const log = homeserverFiles(HomeserverConfig.of({}))['log-config.yaml'];
  expect(log).toContain('class: synapse.logging.TerseJsonFormatter');
  expect(log).not.toMatch(/level: DEBUG/);
});
