import type { HomeserverSettings } from '../../../imports/homeserver';
import { optionalAlerts } from '../../../lib/synapse/monitored/optional-alerts';

it.each<[string, HomeserverSettings, string[]]>([
  ['nothing more by default', {}, []],
  ['nothing more for an empty list', { app_service_config_files: [] }, []],
  ['application services', { app_service_config_files: ['/a.yaml'] }, ['MatrixApplicationServiceFailing']],
  ['the limit of users', { limit_usage_by_mau: true }, ['MatrixUserLimit']],
])('watches %s', (_, settings, further) => {
  const names = optionalAlerts('app="a"', settings).map(({ name }) => name);
  expect(names).toEqual(['MatrixPushFailing', 'MatrixClientsThrottled', ...further]);
});
