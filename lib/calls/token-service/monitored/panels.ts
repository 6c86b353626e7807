import { drawn, type Panel, PanelKind, seriesOnDashboard } from '../../../monitoring/panel';

const T = seriesOnDashboard('livekit-token-service');
const graph = (panel: Omit<Panel, 'kind'>): Panel => ({ ...panel, kind: PanelKind.GRAPH });
const perMinute = (metric: string, label: string) => ({
  expression: `sum by (${label}) (increase(${metric}{${T}}[5m])) / 5`,
  legend: `{{${label}}}`,
});

/** The dashboard of the token service: whether people come into calls, and who was kept out of them. */
export const TOKEN_SERVICE_PANELS: Panel[] = [
  graph({
    title: 'Requests by result',
    description: 'Requests for tokens in a minute. Failed ones are faults of the system, refused ones of the request.',
    unit: 'none',
    queries: [perMinute('matrix_call_token_requests_total', 'result')],
  }),
  graph({
    title: 'Refusals by reason',
    description: 'Refused requests in a minute. Many of one reason are an attack, or a client that is set up wrong.',
    unit: 'none',
    queries: [perMinute('matrix_call_token_refusals_total', 'reason')],
  }),
  graph({
    title: 'Time to a token',
    description: 'Average in 15 minutes, of the requests that were granted.',
    unit: 's',
    queries: [
      {
        expression: drawn(
          `sum by (path) (rate(matrix_call_token_seconds_sum{${T}}[15m])) / sum by (path) (rate(matrix_call_token_seconds_count{${T}}[15m]))`,
        ),
        legend: '{{path}}',
      },
    ],
  }),
  graph({
    title: 'Age of the last look at all participants',
    description: 'Those who left a room are removed from its call by it. It takes place every two seconds.',
    unit: 's',
    queries: [
      {
        expression: `time() - max(matrix_call_token_last_sweep_timestamp_seconds{${T}})`,
        legend: 'since the last look',
      },
    ],
  }),
];
