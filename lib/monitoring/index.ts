export { AnnotationMonitoring, type AnnotationMonitoringProps } from './annotation-monitoring';
export { Dashboards, type DashboardsOptions } from './dashboards';
export {
  type Alert,
  AlertSeverity,
  type IMonitored,
  type MetricsPort,
  type Monitored,
  type ProbedUrl,
} from './monitored';
export type { MonitoredSystem } from './monitored-system';
export { Monitoring } from './monitoring';
export type { MonitoringOptions, PrometheusOperatorOptions } from './monitoring-options';
export { OperatorMonitoring, type OperatorMonitoringProps } from './operator-monitoring';
export { type BlackboxOptions, Probes } from './probes';
export { Rules } from './rules/rules';
export type { RulesOptions } from './rules/rules-options';
