export { AnnotationMonitoring, type AnnotationMonitoringProps } from './annotation-monitoring';
export {
  type Alert,
  AlertSeverity,
  type IMonitored,
  type MetricsPort,
  type Monitored,
  type ProbedUrl,
} from './monitored';
export { Monitoring } from './monitoring';
export type { MonitoredSystem, MonitoringOptions, PrometheusOperatorOptions } from './monitoring-options';
export { OperatorMonitoring, type OperatorMonitoringProps } from './operator-monitoring';
export { type BlackboxOptions, Probes } from './probes';
export { Rules } from './rules';
export type { RulesOptions } from './rules-options';
