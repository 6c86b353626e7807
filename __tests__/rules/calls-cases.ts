import type { Case, Series } from './cases';

/** Joins in a minute that got a connection for media, and those that did not. All have the signalling. */
const joined = (media: string, none: string): Series => ({
  'up{pod="a"}': '1x100',
  'livekit_participant_join_total{state="signal_connected"}': '0+1x100',
  'livekit_participant_join_total{state="rtc_connected"}': '0+1x100',
  'livekit_participant_join_total{state="rtc_success"}': media,
  'livekit_participant_join_total{state="rtc_failure"}': none,
});
const webhooks = (success: string, failures: Series = {}): Series => ({
  'up{pod="a"}': '1x100',
  'livekit_webhook_dispatch_total{status="success",reason=""}': success,
  ...failures,
});
const FAILURE = 'livekit_webhook_dispatch_total{status="failure",reason=""}';
const DROP = 'livekit_webhook_dispatch_total{status="drop",reason="age"}';

/** The SFU of calls. */
export const CALLS: Case[] = [
  {
    alert: 'MatrixCallsDown',
    minutes: 10,
    fires: [{ 'up{pod="a"}': '0x20' }, {}],
    silent: [{ 'up{pod="a"}': '1x20' }],
  },
  {
    alert: 'MatrixCallsWithoutMedia',
    minutes: 40,
    fires: [joined('0+0.2x60', '0+1x60'), joined('0x60', '0+1x60')],
    // A few people whose own network blocks calls, one who tries thrice, and an evening without calls.
    silent: [joined('0+0.9x60', '0+0.1x60'), joined('0x60', '0x10 1 2 3x40'), joined('5x60', '3x60')],
  },
  {
    alert: 'MatrixCallWebhooksFailing',
    minutes: 30,
    // The first ones that were ever lost, and further ones.
    fires: [
      webhooks('7x60', { [FAILURE]: '_x25 1x40', [DROP]: '_x25 2x40' }),
      webhooks('0+1x60', { [DROP]: '2x20 3x40' }),
    ],
    // Lost long ago, and before LiveKit was restarted.
    silent: [webhooks('0+1x60', { [FAILURE]: '1x60' }), webhooks('0+1x60'), webhooks('0x60', { [DROP]: '9x20 0x40' })],
  },
];
