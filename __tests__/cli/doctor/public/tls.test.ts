import { judgeCertificate } from '../../../../cli/doctor/public/tls';

const NOW = Date.parse('2026-01-31T12:00:00Z');
const inDays = (days: number, distrust?: string) => ({ ends: NOW + days * 86_400_000, distrust });

it.each([
  [inDays(60), 'ok', /ends in 60 days/],
  [inDays(10), 'warn', /ends in 10 days/],
  [inDays(2.5), 'fail', /ends in/],
  [inDays(-3, 'CERT_HAS_EXPIRED'), 'fail', /ended 3 days ago/],
  [inDays(60, 'SELF_SIGNED_CERT_IN_CHAIN'), 'fail', /do not trust .*: SELF_SIGNED_CERT_IN_CHAIN/],
  ['Error: connect ECONNREFUSED', 'fail', /does not speak TLS: Error: connect ECONNREFUSED/],
])('judges %j: %s', (shown, verdict, says) => {
  const found = judgeCertificate({ host: 'example.org', port: 443 }, shown, NOW);
  expect(found).toMatchObject({ verdict, says: expect.stringMatching(says) });
});
