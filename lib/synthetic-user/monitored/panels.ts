import { drawn, type Panel, PanelKind, seriesOnDashboard } from '../../monitoring/panel';
import { failedSteps } from './expressions';

const U = seriesOnDashboard('matrix-synthetic-user');
const SECONDS = 'matrix_synthetic_step_seconds';
const graph = (panel: Omit<Panel, 'kind'>): Panel => ({ ...panel, kind: PanelKind.GRAPH });

/** The dashboard of the synthetic user: what people notice, whether or not people are there. */
export const SYNTHETIC_USER_PANELS: Panel[] = [
  graph({
    title: 'Steps that failed',
    description: 'Failures in five minutes, by step. A step that depends on one that failed has failed too.',
    unit: 'none',
    queries: [
      {
        expression: `sum by (step) (increase(matrix_synthetic_steps_total{${U},result="failure"}[5m]))`,
        legend: '{{step}}',
      },
    ],
  }),
  graph({
    title: 'Share that failed',
    description: 'Share of all steps that failed, in an hour.',
    unit: 'percentunit',
    queries: [{ expression: failedSteps(U, '1h'), legend: 'in an hour' }],
  }),
  graph({
    title: 'Time from one person to the other',
    description: 'From the beginning of a send to the arrival at the other account, which waits for it.',
    unit: 's',
    queries: [0.5, 0.95].map((share) => ({
      expression: drawn(
        `histogram_quantile(${share}, sum by (le) (rate(${SECONDS}_bucket{${U},step="deliver"}[15m])))`,
      ),
      legend: `${share * 100} % arrive within`,
    })),
  }),
  graph({
    title: 'Time of each step',
    description: 'Average in 15 minutes, of the steps that succeeded. Each has a new connection with TLS.',
    unit: 's',
    queries: [
      {
        expression: drawn(
          `sum by (step) (rate(${SECONDS}_sum{${U}}[15m])) / sum by (step) (rate(${SECONDS}_count{${U}}[15m]))`,
        ),
        legend: '{{step}}',
      },
    ],
  }),
];
