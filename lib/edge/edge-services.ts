import type { Construct } from 'constructs';
import type { WorkloadLabels } from '../kubernetes/metadata/labels';
import { Service } from '../kubernetes/network/service';
import { PROXY_PORTS } from './proxy/proxy-ports';

/** Port of the Service for controllers. */
export const EDGE_SERVICE_PORT = 80;
/** Port of that Service for hosts of other parts. */
export const SITES_SERVICE_PORT = 81;

/** Names and ports of the Services. */
export interface EdgeServices {
  /** Service for clients in the cluster. */
  readonly host: string;
  /** Service for administrators. */
  readonly adminHost: string;
  /** Port of every node that serves the client API. @default - none */
  readonly nodePort?: number;
  /** Whether there are further hosts. @default false */
  readonly hasSites?: boolean;
}

/** Renders a Service for each kind of client of the proxies. */
export function renderServices(scope: Construct, workload: WorkloadLabels, services: EdgeServices): void {
  const { client, federation, admin, edge, sites } = PROXY_PORTS;
  const { host, adminHost, nodePort, hasSites } = services;
  const { name, number } = client;
  new Service(scope, 'Service', { workload, name: host, ports: [{ name, number, nodePort }, federation] });
  const ofAdmins = [{ name, number, target: admin.name }];
  new Service(scope, 'AdminService', { workload, name: adminHost, ports: ofAdmins });
  const ofSites = hasSites ? [{ name: sites.name, number: SITES_SERVICE_PORT }] : [];
  const ofControllers = [{ name: edge.name, number: EDGE_SERVICE_PORT }, ...ofSites];
  new Service(scope, 'EdgeService', { workload, name: workload.app, ports: ofControllers });
}
