import { loadavg } from 'node:os';
import { median, middleHalf } from '../../../tools/bench/statistics';
import { table } from '../../../tools/load/table';
import type { Used } from './systems';

/** Senders at saturation: more than one process can answer at once. */
const SENDERS = 8;
const SATURATED = { seconds: 25, senders: SENDERS };
/** A fifth of what one process can do, so that times are the system's and not those of a queue. */
const PACED = { seconds: 25, senders: SENDERS, rate: 4 };

/** One turn of a system. */
export interface Turn {
  /** Messages a second, as many as are answered. */
  readonly rate: number;
  /** CPU milliseconds a message, of all and by role. */
  readonly cpu: number;
  readonly roles: { [role: string]: number };
  /** Milliseconds at a steady pace. */
  readonly send: { readonly p50: number; readonly p95: number };
  readonly delivery: { readonly p50: number; readonly p95: number };
  readonly load: number;
}

/** Gives each system a turn in each round, and another one the first turn in each. */
export async function rounds(count: number, systems: { [name: string]: Used }): Promise<{ [name: string]: Turn[] }> {
  const names = Object.keys(systems);
  const turns: { [name: string]: Turn[] } = Object.fromEntries(names.map((name) => [name, []]));
  for (let round = 0; round < count; round++) {
    for (let index = 0; index < names.length; index++) {
      const name = names[(round + index) % names.length];
      turns[name].push(await turn(systems[name]));
      process.stdout.write(`round ${round + 1}, ${name}: ${JSON.stringify(turns[name][round])}\n`);
    }
  }
  return turns;
}

async function turn({ crowd }: Used): Promise<Turn> {
  const paced = await crowd.measure(PACED);
  const saturated = await crowd.measure(SATURATED);
  const roles = saturated.costs('send');
  const times = (kind: string) => ({ p50: paced.took(kind, 0.5), p95: paced.took(kind, 0.95) });
  return {
    rate: saturated.rate('send'),
    cpu: roles.reduce((sum, { each }) => sum + each, 0),
    roles: Object.fromEntries(roles.map(({ role, each }) => [role, each])),
    send: times('send'),
    delivery: times('delivery'),
    load: loadavg()[0],
  };
}

/** The ratios of a figure of one system to that of another in the same round. */
export function ratios(one: Turn[], another: Turn[], figure: (turn: Turn) => number): number[] {
  return one.map((turn, round) => figure(turn) / figure(another[round]));
}

/** Medians of all rounds, and the rate as a ratio to a system in the same round. */
export function report(turns: { [name: string]: Turn[] }, base: string): string {
  const rows = Object.entries(turns).map(([name, of]) => {
    const middle = (figure: (turn: Turn) => number) => median(of.map(figure)).toFixed(0);
    const to = (figure: (turn: Turn) => number) => {
      const all = ratios(of, turns[base], figure);
      return `${median(all).toFixed(2)} (${middleHalf(all, 2)})`;
    };
    return [
      name,
      median(of.map(({ rate }) => rate)).toFixed(1),
      to(({ rate }) => rate),
      middle(({ cpu }) => cpu),
      `${middle(({ send }) => send.p50)}, ${middle(({ send }) => send.p95)}`,
      `${middle(({ delivery }) => delivery.p50)}, ${middle(({ delivery }) => delivery.p95)}`,
      to(({ delivery }) => delivery.p95),
      median(of.map(({ load }) => load)).toFixed(1),
    ];
  });
  const head = [
    '',
    'messages/s',
    `to ${base}`,
    'CPU ms',
    'send p50, p95',
    'delivery p50, p95',
    `p95 to ${base}`,
    'load',
  ];
  return table(head, rows);
}

/** CPU milliseconds of each role for a message, by system. */
export function byRole(turns: { [name: string]: Turn[] }): string {
  return Object.entries(turns)
    .map(([name, of]) => {
      const each = Object.keys(of[0].roles).map(
        (role) => `${role} ${median(of.map(({ roles }) => roles[role] ?? 0)).toFixed(1)}`,
      );
      return `${name}: ${each.join(', ')}`;
    })
    .join('\n');
}
