import { type Case, histogram, type Series } from './cases';

/** Counts of a step, as promtool writes them. */
const tried = (step: string, failure: string, success: string): Series => ({
  [`matrix_synthetic_steps_total{step="${step}",result="failure"}`]: failure,
  [`matrix_synthetic_steps_total{step="${step}",result="success"}`]: success,
});
/** A step each minute, of which these of a hundred fail. */
const failing = (share: number): Series => tried('send', `0+${share / 100}x1000`, `0+${1 - share / 100}x1000`);
const timed = (step: string, limit: string, within: number): Series =>
  Object.fromEntries(
    Object.entries(histogram('matrix_synthetic_step_seconds', limit, within)).flatMap(([series, values]) => [
      [series.replace('{', `{step="${step}",`), values],
      // Of the sum of all, Prometheus keeps a counter too.
      ...(series.includes('+Inf') ? [[`matrix_synthetic_step_seconds_count{step="${step}"}`, values]] : []),
    ]),
  );
const lastRound = (values: string): Series => ({
  'up{pod="a"}': '1x100',
  matrix_synthetic_last_round_timestamp_seconds: values,
});

/** What only a user at the public address meets. */
export const SYNTHETIC_USER: Case[] = [
  {
    alert: 'MatrixSyntheticUserFailing',
    minutes: 10,
    fires: [tried('send', '0+1x20', '0x20'), tried('login', '0 0 0 1+1x20', '5x20')],
    silent: [
      tried('send', '0x20', '0+1x20'),
      // Every second attempt works.
      tried('send', '0+0.5x20', '0+0.5x20'),
      // Logins are an hour apart.
      tried('login', '0x20', '5x20'),
      tried('login', '0 0 0 1x20', '5 5 5 5 6x20'),
      {},
    ],
  },
  {
    alert: 'MatrixDeliverySlow',
    minutes: 25,
    fires: [timed('deliver', '2.5', 20)],
    silent: [timed('deliver', '2.5', 80), timed('send', '2.5', 0), {}],
  },
  {
    alert: 'MatrixSyntheticUserDown',
    minutes: 25,
    fires: [{ 'up{pod="a"}': '0x100' }, {}, lastRound('0x100')],
    silent: [lastRound('0+60x100')],
  },
  {
    alert: 'MatrixUnavailable',
    minutes: 70,
    fires: [failing(70), tried('send', '0x60 1+1x20', '0+1x60 60x20')],
    silent: [
      failing(0),
      // A restart: two rounds.
      tried('send', '0x65 1 2x20', '0+1x65 65 65 66+1x20'),
      {},
    ],
  },
  {
    alert: 'MatrixUnreliable',
    minutes: 420,
    fires: [failing(30)],
    silent: [failing(0), tried('send', '0x400 1 2x100', '0+1x400 400 400 401+1x100')],
  },
  {
    alert: 'MatrixSendSlow',
    minutes: 70,
    fires: [timed('send', '1.0', 80)],
    silent: [timed('send', '1.0', 90), timed('deliver', '1.0', 0), {}],
  },
  {
    alert: 'MatrixSendSlowly',
    minutes: 420,
    fires: [timed('send', '1.0', 90)],
    silent: [timed('send', '1.0', 99), {}],
  },
];
