import { Duration } from 'cdk8s';
import { archiveTimeoutFor } from '../../lib/backups/recovery-point';

it.each([
  [20, 13],
  [30, 20],
  [60, 40],
  [3600, 2400],
])('of %d s: the log is handed over after %d s, the rest is for the way', (seconds, timeout) => {
  expect(archiveTimeoutFor(Duration.seconds(seconds)).toSeconds()).toBe(timeout);
});

it('may be given in minutes', () => {
  expect(archiveTimeoutFor(Duration.minutes(2)).toSeconds()).toBe(80);
});

it.each([
  ['it is shorter than a store takes log', Duration.seconds(19), 'recoveryPoint 19 s'],
  ['it is none', Duration.seconds(0), 'recoveryPoint 0 s'],
  ['it is longer than an hour', Duration.seconds(3601), 'recoveryPoint 3601 s'],
  ['it is no whole seconds', Duration.millis(30_500), 'recoveryPoint 30.5 s'],
])('fails when %s', (_, recoveryPoint, value) => {
  const make = () => archiveTimeoutFor(recoveryPoint);
  expect(make).toThrow(value);
  expect(make).toThrow('write whole seconds from 20 to 3600, such as Duration.seconds(60)');
  expect(make).toThrow('for no loss at all, withoutLoss: true');
});
