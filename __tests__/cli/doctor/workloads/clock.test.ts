import { judgeClocks } from '../../../../cli/doctor/workloads/clock';

it.each([
  [[0, -2], 'ok', /agree/],
  [[1, -20], 'warn', /b is 20 s behind this machine/],
  [[600, 1], 'fail', /a is 600 s ahead of this machine/],
])('clocks that are %j s ahead: %s', (skews, verdict, says) => {
  const [found] = judgeClocks(skews.map((skew, n) => ({ part: 'ab'[n], skew })));
  expect(found).toMatchObject({ verdict, says: expect.stringMatching(says) });
});
