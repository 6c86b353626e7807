import type { Case, Series } from './cases';

/** Requests for tokens, in a minute. */
const asked = (failed: string, granted: string): Series => ({
  'up{pod="a"}': '1x100',
  'matrix_call_token_requests_total{path="/sfu/get",result="failed"}': failed,
  'matrix_call_token_requests_total{path="/sfu/get",result="granted"}': granted,
});
const swept = (values: string): Series => ({
  'up{pod="a"}': '1x100',
  'matrix_call_token_last_sweep_timestamp_seconds{pod="a"}': values,
});

/** The token service of calls. */
export const CALL_TOKENS: Case[] = [
  {
    alert: 'MatrixCallTokensFailing',
    minutes: 10,
    fires: [asked('0+1x20', '0+1x20'), { 'up{pod="a"}': '0x20' }, {}],
    silent: [asked('0x20', '0+1x20'), asked('0+0.1x20', '0+1x20'), asked('0x20', '0x20')],
  },
  {
    alert: 'MatrixCallSweepStuck',
    minutes: 10,
    fires: [swept('0x20')],
    // One replica is enough.
    silent: [
      swept('0+60x20'),
      { ...swept('0+60x20'), 'matrix_call_token_last_sweep_timestamp_seconds{pod="b"}': '0x20' },
    ],
  },
];
