/** Ports of the proxy, one for each kind of client; see haproxy/. */
export const PROXY_PORTS = {
  /** The Ingress or Gateway controller, whose X-Forwarded-For is trusted. */
  edge: { name: 'edge', number: 8080 },
  /** The same controller, for hosts of other parts. */
  sites: { name: 'sites', number: 8081 },
  /** Pods and nodes that connect directly. */
  client: { name: 'client-api', number: 8008 },
  /** Other servers that do not connect through the controller, and token services. */
  federation: { name: 'federation', number: 8009 },
  /** Administrators. */
  admin: { name: 'admin-api', number: 8010 },
  /** Probes and metrics. */
  state: { name: 'state', number: 8404 },
} as const;
