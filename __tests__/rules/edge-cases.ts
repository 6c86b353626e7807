import type { Case, Series } from './cases';

const answers = (failed: number, total: number, proxy = 'public'): Series => ({
  [`haproxy_frontend_http_responses_total{proxy="${proxy}",code="5xx"}`]: `0+${failed}x1000`,
  [`haproxy_frontend_http_responses_total{proxy="${proxy}",code="2xx"}`]: `0+${total - failed}x1000`,
});
const discovery = (failed: number): Series => ({
  'haproxy_backend_http_responses_total{proxy="discovery",code="5xx"}': `0+${failed}x100`,
  'haproxy_backend_http_responses_total{proxy="discovery",code="2xx"}': `0+${100 - failed}x100`,
});
const sessions = (current: number): Series => ({
  'haproxy_frontend_current_sessions{proxy="public"}': `${current}x100`,
  'haproxy_frontend_limit_sessions{proxy="public"}': '3500x100',
});
const servers = (proxy: string, count: number): Series => ({
  [`haproxy_backend_active_servers{proxy="${proxy}"}`]: `${count}x100`,
});
const probe = (alert: string, name: string): Case => ({
  alert,
  minutes: 6,
  fires: [{ [`probe_success{job="matrix-probe-${name}"}`]: '0x10' }],
  silent: [
    { [`probe_success{job="matrix-probe-${name}"}`]: '1x10' },
    { 'probe_success{job="matrix-probe-other"}': '0x10' },
  ],
});
const ends = (seconds: number): Series => ({
  'probe_ssl_earliest_cert_expiry{job="matrix-probe-versions"}': `${seconds}x200`,
});

/** The proxies, and what only they or a prober see. */
export const EDGE: Case[] = [
  {
    alert: 'MatrixEdgeDown',
    minutes: 5,
    fires: [{ 'up{pod="a"}': '0x10', 'up{pod="b"}': '0x10' }, {}],
    silent: [{ 'up{pod="a"}': '0x10', 'up{pod="b"}': '1x10' }],
  },
  {
    alert: 'MatrixEdgeDegraded',
    minutes: 20,
    fires: [{ 'up{pod="a"}': '0x30', 'up{pod="b"}': '1x30' }, { 'up{pod="b"}': '1x30' }],
    silent: [{ 'up{pod="a"}': '1x30', 'up{pod="b"}': '1x30' }],
  },
  {
    alert: 'MatrixEdgeBackendAway',
    minutes: 5,
    fires: [servers('synapse', 0), servers('federation', 0)],
    silent: [servers('synapse', 1), servers('large', 0)],
  },
  { alert: 'MatrixEdgeSessions', minutes: 15, fires: [sessions(3000)], silent: [sessions(300)] },
  { alert: 'MatrixDiscoveryFailing', minutes: 15, fires: [discovery(10)], silent: [discovery(1), {}] },
  {
    alert: 'MatrixUnavailable',
    minutes: 70,
    fires: [answers(50, 1000)],
    silent: [answers(1, 1000), answers(500, 1000, 'state'), {}],
  },
  { alert: 'MatrixUnreliable', minutes: 420, fires: [answers(10, 1000)], silent: [answers(1, 1000)] },
  probe('MatrixPublicAddress', 'versions'),
  probe('MatrixWellKnown', 'well-known-client'),
  probe('MatrixWellKnown', 'well-known-server'),
  probe('MatrixFederationAddress', 'federation'),
  { alert: 'MatrixCertificateEnds', minutes: 70, fires: [ends(10 * 86_400)], silent: [ends(30 * 86_400), {}] },
];
