import { drawn, type Panel, PanelKind, seriesOnDashboard } from '../../../monitoring/panel';

const L = seriesOnDashboard('livekit');
const graph = (panel: Omit<Panel, 'kind'>): Panel => ({ ...panel, kind: PanelKind.GRAPH });

/** The dashboard of the SFU: how many people are in calls, whether they see each other, and what that takes. */
export const LIVEKIT_PANELS: Panel[] = [
  graph({
    title: 'People and calls',
    description: 'People who are in a call now, and calls.',
    unit: 'none',
    queries: [
      { expression: `sum(livekit_participant_total{${L}})`, legend: 'people' },
      { expression: `sum(livekit_room_total{${L}})`, legend: 'calls' },
    ],
  }),
  graph({
    title: 'Joins by how far they came',
    description:
      'In 30 minutes. rtc_success: with picture and sound. rtc_failure: neither, because UDP and TCP of the SFU are blocked.',
    unit: 'none',
    queries: [
      {
        expression: `sum by (state) (increase(livekit_participant_join_total{${L}}[30m]))`,
        legend: '{{state}}',
      },
    ],
  }),
  graph({
    title: 'Traffic of media',
    description: 'To and from all participants. It grows with the square of the people in a call.',
    unit: 'Bps',
    queries: [
      { expression: drawn(`sum by (direction) (rate(livekit_packet_bytes{${L}}[5m]))`), legend: '{{direction}}' },
    ],
  }),
  graph({
    title: 'Messages to the token service',
    description:
      'In 15 minutes, by result. Failed and dropped ones are lost, and noticed by its look every two seconds.',
    unit: 'none',
    queries: [
      {
        expression: `sum by (status) (increase(livekit_webhook_dispatch_total{${L}}[15m]))`,
        legend: '{{status}}',
      },
    ],
  }),
];
