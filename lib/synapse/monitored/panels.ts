import { quantile } from '../../monitoring/expressions';
import { drawn, type Panel, PanelKind, seriesOnDashboard } from '../../monitoring/panel';
import { NEAR_LIMIT, SLOW_LOOP, SLOW_QUERY } from './alerts';

const S = seriesOnDashboard('matrix-synapse(-.+)?');
const TIME = 'synapse_http_server_response_time_seconds';
const SEND = 'servlet="RoomSendEventRestServlet"';
const graph = (panel: Omit<Panel, 'kind'>): Panel => ({ ...panel, kind: PanelKind.GRAPH });

/** The dashboard of Synapse, from what people notice to what causes it. */
export const SYNAPSE_PANELS: Panel[] = [
  graph({
    title: 'Requests',
    description: 'Answered requests a second, by kind. Syncs wait for news, so there are always some.',
    unit: 'reqps',
    queries: [
      {
        expression: `topk(8, sum by (servlet) (rate(${TIME}_count{${S},servlet!="HealthResource"}[$__rate_interval])))`,
        legend: '{{servlet}}',
      },
    ],
  }),
  graph({
    title: 'Answers by code',
    description: '5xx are errors of the server. 429 is a client that is too fast.',
    unit: 'reqps',
    queries: [
      {
        expression: `sum by (code) (rate(synapse_http_server_responses_total{${S}}[$__rate_interval]))`,
        legend: '{{code}}',
      },
    ],
  }),
  graph({
    title: 'Time to send a message',
    description:
      'Half of the messages are accepted faster than the first line, 99 of 100 faster than the second. The objective is a second.',
    unit: 's',
    above: 1,
    queries: [0.5, 0.99].map((share) => ({
      expression: drawn(quantile(share, TIME, `${S},${SEND}`)),
      legend: `${share * 100} % within`,
    })),
  }),
  graph({
    title: 'Stored events',
    description: 'Messages and other events that are stored a second.',
    unit: 'cps',
    queries: [
      {
        expression: `sum(rate(synapse_storage_events_persisted_events_total{${S}}[$__rate_interval]))`,
        legend: 'events',
      },
    ],
  }),
  graph({
    title: 'Waits in the process',
    description:
      '99th percentile. Main loop: the process is overloaded. Connection: the pool to the database is empty. Query: the database is slow.',
    unit: 's',
    above: SLOW_LOOP,
    queries: [
      { expression: drawn(quantile(0.99, 'python_twisted_reactor_tick_time', S)), legend: 'main loop' },
      { expression: drawn(quantile(0.99, 'synapse_storage_schedule_time', S)), legend: 'connection' },
    ],
  }),
  graph({
    title: 'Queries',
    description: '99th percentile of the time of a query.',
    unit: 's',
    above: SLOW_QUERY,
    queries: [{ expression: drawn(quantile(0.99, 'synapse_storage_query_time', S)), legend: '99 % within' }],
  }),
  graph({
    title: 'CPU',
    description: 'Share of a core, by process. Each can use one, and is at its limit there.',
    unit: 'percentunit',
    above: NEAR_LIMIT,
    queries: [
      { expression: `max by (app) (rate(process_cpu_seconds_total{${S}}[$__rate_interval]))`, legend: '{{app}}' },
    ],
  }),
  graph({
    title: 'Memory',
    description:
      'Resident memory, of the largest process of each kind. The pod is killed at the limit of its container.',
    unit: 'bytes',
    queries: [{ expression: `max by (app) (process_resident_memory_bytes{${S}})`, legend: '{{app}}' }],
  }),
  graph({
    title: 'Cache hits',
    description: 'Share of the look-ups that a cache answered, of the largest caches.',
    unit: 'percentunit',
    queries: [
      {
        expression: `topk(6, max by (name) (synapse_util_caches_cache_hits{${S}} / (synapse_util_caches_cache{${S}} > 100)))`,
        legend: '{{name}}',
      },
    ],
  }),
  graph({
    title: 'Background updates (3 means done)',
    description: '1 and 2: an update of the database is to do or runs. 3: all are done. -1: one failed.',
    unit: 'none',
    queries: [
      { expression: `min by (database_name) (synapse_background_update_status{${S}})`, legend: '{{database_name}}' },
    ],
  }),
];
