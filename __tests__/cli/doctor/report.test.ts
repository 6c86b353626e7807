import { fail, ok, unknown, warn } from '../../../cli/doctor/check';
import { asJson, asText, exitCodeOf } from '../../../cli/doctor/report';

const good = ok('fine');
const odd = warn('odd', 'look');
const bad = fail('broken\n  badly', 'mend it');
const dark = unknown('not allowed');

it.each([
  [[good, odd], 0],
  [[good, dark, odd], 2],
  [[dark, bad, good], 1],
])('of %j has the exit code %i', (findings, code) => expect(exitCodeOf(findings)).toBe(code));

it('is one line for each finding, with the next command, and a count', () => {
  const named = [good, bad, dark].map((one, n) => ({ check: `check-${n}`, ...one }));
  expect(asText(named).split('\n')).toEqual([
    'ok      check-0        fine',
    'fail    check-1        broken badly → mend it',
    'unknown check-2        not allowed',
    '1 ok, 0 warn, 1 fail, 1 unknown',
  ]);
  expect(JSON.parse(asJson(named))).toEqual({ exitCode: 1, findings: named });
});
