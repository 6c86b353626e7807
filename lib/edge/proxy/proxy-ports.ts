/** Ports of the proxy, by who may come there; see haproxy.cfg. */
export const PROXY_PORTS = {
  /** From outside: the Ingress or Gateway controller, whose word on addresses is believed. */
  edge: { name: 'edge', number: 8080 },
  /** From the cluster, each for itself. */
  client: { name: 'client-api', number: 8008 },
  /** Other servers by a way of their own, and token services. */
  federation: { name: 'federation', number: 8009 },
  /** Administrators. */
  admin: { name: 'admin-api', number: 8010 },
  /** Probes and metrics. */
  state: { name: 'state', number: 8404 },
} as const;
