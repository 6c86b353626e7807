import type { Case, Series } from './cases';

/** Joins in a minute, and those of them that get a connection for media. */
const joined = (signal: string, media: string): Series => ({
  'up{pod="a"}': '1x100',
  'livekit_participant_join_total{state="signal_connected"}': signal,
  'livekit_participant_join_total{state="rtc_connected"}': media,
});

/** The SFU of calls. */
export const CALLS: Case[] = [
  { alert: 'MatrixCallsDown', minutes: 10, fires: [{ 'up{pod="a"}': '0x20' }, {}], silent: [{ 'up{pod="a"}': '1x20' }] },
  {
    alert: 'MatrixCallsWithoutMedia',
    minutes: 40,
    fires: [joined('0+1x60', '0+0.2x60'), joined('0+1x60', '0x60')],
    // A few people whose own network blocks calls, and an evening without calls.
    silent: [joined('0+1x60', '0+0.9x60'), joined('0 1 2 3x60', '0x60'), joined('0x60', '0x60')],
  },
];
