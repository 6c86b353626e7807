import { judgeEscrow } from '../../../../cli/doctor/backups/escrow';

it.each([
  [1, 'ok'],
  [0, 'warn'],
  [undefined, 'warn'],
])('judges %s: %s', (value, verdict) => expect(judgeEscrow(value)[0].verdict).toBe(verdict));
