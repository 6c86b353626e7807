import { AVAILABILITY_OBJECTIVE } from '../../monitoring/expressions';
import { type Panel, PanelKind, seriesOnDashboard } from '../../monitoring/panel';
import { SESSIONS_FULL } from './alerts';
import { failedShare } from './objective-alerts';

const E = seriesOnDashboard('matrix-edge');
const graph = (panel: Omit<Panel, 'kind'>): Panel => ({ ...panel, kind: PanelKind.GRAPH });

/** The dashboard of the proxies: what clients see. */
export const EDGE_PANELS: Panel[] = [
  graph({
    title: 'Failed requests',
    description: `Share of the requests that got an error of the server. The objective is ${AVAILABILITY_OBJECTIVE * 100} % without.`,
    unit: 'percentunit',
    above: 1 - AVAILABILITY_OBJECTIVE,
    queries: [
      { expression: failedShare(E, '5m'), legend: 'in 5 minutes' },
      { expression: failedShare(E, '1h'), legend: 'in an hour' },
    ],
  }),
  graph({
    title: 'Answers',
    description: 'Answers a second by frontend and code. Probes of the kubelet are left out.',
    unit: 'reqps',
    queries: [
      {
        expression: `sum by (proxy, code) (rate(haproxy_frontend_http_responses_total{${E},proxy!="state"}[$__rate_interval])) > 0`,
        legend: '{{proxy}} {{code}}',
      },
    ],
  }),
  graph({
    title: 'Connections of clients',
    description: 'Share of the connections of each proxy that are in use.',
    unit: 'percentunit',
    above: SESSIONS_FULL,
    queries: [
      {
        expression: `haproxy_frontend_current_sessions{${E},proxy="public"} / haproxy_frontend_limit_sessions{${E},proxy="public"}`,
        legend: '{{pod}}',
      },
    ],
  }),
  graph({
    title: 'Refused by the proxies',
    description: 'Requests a second that never reached Synapse: unknown paths, too many, or too large.',
    unit: 'reqps',
    queries: [
      {
        expression: `sum by (proxy) (rate(haproxy_frontend_requests_denied_total{${E},proxy!="state"}[$__rate_interval]))`,
        legend: '{{proxy}}',
      },
    ],
  }),
  graph({
    title: 'Servers behind the proxies',
    description: '0: the proxies find no healthy server.',
    unit: 'none',
    below: 1,
    queries: [
      {
        expression: `min by (proxy) (haproxy_backend_active_servers{${E},proxy=~"synapse|federation|discovery"})`,
        legend: '{{proxy}}',
      },
    ],
  }),
  graph({
    title: 'Discovery',
    description: 'Answers a second for /.well-known/matrix, by code.',
    unit: 'reqps',
    queries: [
      {
        expression: `sum by (code) (rate(haproxy_backend_http_responses_total{${E},proxy="discovery"}[$__rate_interval]))`,
        legend: '{{code}}',
      },
    ],
  }),
];
