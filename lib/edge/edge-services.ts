import type { Construct } from 'constructs';
import type { WorkloadLabels } from '../kubernetes/metadata/labels';
import { Service } from '../kubernetes/network/service';
import { PROXY_PORTS } from './proxy/proxy-ports';

/** Port of the Service for controllers. */
export const EDGE_SERVICE_PORT = 80;

/** Names and ports of the Services. */
export interface EdgeServices {
  /** Service for clients in the cluster. */
  readonly host: string;
  /** Service for administrators. */
  readonly adminHost: string;
  /** Port of every node that serves the client API. @default - none */
  readonly nodePort?: number;
}

/** Renders a Service for each kind of client of the proxies. */
export function renderServices(scope: Construct, workload: WorkloadLabels, services: EdgeServices): void {
  const { client, federation, admin, edge } = PROXY_PORTS;
  const { host, adminHost, nodePort } = services;
  const { name, number } = client;
  new Service(scope, 'Service', { workload, name: host, ports: [{ name, number, nodePort }, federation] });
  const ofAdmins = [{ name, number, target: admin.name }];
  new Service(scope, 'AdminService', { workload, name: adminHost, ports: ofAdmins });
  const ofControllers = [{ name: edge.name, number: EDGE_SERVICE_PORT }];
  new Service(scope, 'EdgeService', { workload, name: workload.app, ports: ofControllers });
}
