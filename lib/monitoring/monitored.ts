import type { ApiObject, Duration } from 'cdk8s';
import type { WorkloadLabels } from '../kubernetes/metadata/labels';
import type { IPeer, TrafficPort } from '../kubernetes/network/peer';

/** How soon a person has to act. */
export enum AlertSeverity {
  /** People are affected, or data is at risk: act at once, also at night. */
  CRITICAL = 'critical',
  /** People will be affected if it goes on: act on the next working day. */
  WARNING = 'warning',
}

/** An alert of a part. Its runbook is `docs/runbooks/<name>.md`. */
export interface Alert {
  /** Name, such as `MatrixSynapseDown`. */
  readonly name: string;
  /** PromQL expression that has a result while something is wrong. */
  readonly expression: string;
  /** How long the expression must hold. @default - it fires at once */
  readonly holdsFor?: Duration;
  /** How soon a person has to act. */
  readonly severity: AlertSeverity;
  /** One line for the notification. */
  readonly summary: string;
  /** The effect on people first, then the cause, as Prometheus templates it. */
  readonly description: string;
}

/** A port of a workload's pods that serves metrics. */
export interface MetricsPort {
  /** Labels of the workload. */
  readonly workload: WorkloadLabels;
  /** The object that makes the pods, such as a Deployment. */
  readonly object: ApiObject;
  /** Path of the annotations of the pods in the object. @default /spec/template/metadata/annotations */
  readonly annotations?: string;
  /** The port, by the name that the container gives it. */
  readonly port: TrafficPort;
  /** Path of the metrics. @default /metrics */
  readonly path?: string;
}

/** A public URL that a prober asks from outside. */
export interface ProbedUrl {
  /** Value of the label `job` of its series, and name of its Probe. */
  readonly job: string;
  /** The URL, which answers 200. */
  readonly url: string;
  /** Alerts that need the probe. */
  readonly alerts: Alert[];
}

/** What a part says about itself to those who watch it. */
export interface Monitored {
  /** Name of the part, for the group of its alerts and for its dashboard. */
  readonly part: string;
  /** Ports with metrics. */
  readonly ports: MetricsPort[];
  /** Alerts. */
  readonly alerts: Alert[];
  /** URLs that a prober asks. @default - none */
  readonly probes?: ProbedUrl[];
}

/** A part that can be watched. */
export interface IMonitored {
  /** Its ports, alerts and probes. */
  readonly monitored: Monitored;

  /** Allows a collector to read the metrics. */
  allowMetricsFrom(collector: IPeer): void;
}
