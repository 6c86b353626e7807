import type { ApiObject, Duration } from 'cdk8s';
import type { WorkloadLabels } from '../../../kubernetes/metadata/labels';
import type { IPeer } from '../../../kubernetes/network/peer';
import type { Traffic } from '../../../kubernetes/network/traffic';
import { seriesOf } from '../../../monitoring/expressions';
import type { IMonitored, Monitored } from '../../../monitoring/monitored';
import type { System } from '../../../system';
import { postgresAlerts } from './alerts';
import { EXPORTER_CONNECTIONS, EXPORTER_PORT } from './exporter';
import { EXPORTER_IMAGE } from './exporter-image';

/** Props of {@link PostgresExporter}. */
export interface PostgresExporterProps {
  readonly system: System;
  readonly workload: WorkloadLabels;
  /** The StatefulSet of the database. */
  readonly object: ApiObject;
  readonly traffic: Traffic;
  /** Whether commits wait for a synchronous WAL receiver. */
  readonly synchronous: boolean;
  /** Returns the time after which WAL is archived; undefined when it is not. */
  readonly archiveTimeout: () => Duration | undefined;
}

/** The metrics of the in-cluster database. Its pod has an exporter only when a collector may read them. */
export class PostgresExporter implements IMonitored {
  private image?: string;

  constructor(private readonly props: PostgresExporterProps) {}

  /** Its port and alerts. */
  public get monitored(): Monitored {
    const { workload, object, traffic, synchronous, archiveTimeout } = this.props;
    const series = seriesOf(traffic, workload);
    return {
      part: 'postgres',
      ports: [{ workload, object, port: EXPORTER_PORT }],
      alerts: postgresAlerts({ series, synchronous, archiveTimeout: archiveTimeout() }),
    };
  }

  /** Allows a collector to read the metrics, and adds the exporter to the pod. */
  public allowMetricsFrom(collector: IPeer): void {
    const { system, traffic } = this.props;
    this.image = system.image(EXPORTER_IMAGE);
    traffic.allowFrom(collector, EXPORTER_PORT);
  }

  /** The exporter's image; undefined when no collector reads. */
  public get exporterImage(): string | undefined {
    return this.image;
  }

  /** Connections that it opens to the database. */
  public get connections(): number {
    return this.image ? EXPORTER_CONNECTIONS : 0;
  }
}
