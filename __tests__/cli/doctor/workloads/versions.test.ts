import { judgePostgres, judgeSynapse, versionOf } from '../../../../cli/doctor/workloads/versions';

const NOW = Date.parse('2026-11-28T00:00:00Z');
const SYNAPSE = 'ghcr.io/element-hq/synapse:v1.163.2';
const POSTGRES = 'docker.io/library/postgres:17.11-alpine';

it.each([
  [POSTGRES, [17, 11]],
  [SYNAPSE, [1, 163, 2]],
  [`mirror.example.org:5000/synapse:v1.163.2@sha256:${'a'.repeat(64)}`, [1, 163, 2]],
  ['mirror.example.org:5000/synapse', undefined],
  ['matrixdotorg/synapse:latest', undefined],
  [`synapse@sha256:${'1'.repeat(64)}`, undefined],
])('the version of %s is %j', (image, version) => expect(versionOf(image)).toEqual(version));

it.each([
  [SYNAPSE, 'ok'],
  ['synapse:v1.164.0', 'ok'],
  ['synapse:v1.163.1', 'warn'],
  ['synapse:v1.99.9', 'warn'],
  ['synapse:latest', 'unknown'],
])('judges %s: %s', (image, verdict) => expect(judgeSynapse(image, SYNAPSE).verdict).toBe(verdict));

it.each([
  [POSTGRES, 'ok', /until 2029-11-08/],
  ['postgres:17.10', 'warn', /older than 17.11/],
  ['postgres:15-alpine', 'ok', /until 2027-11-11/],
  ['postgres:14.20', 'fail', /no fixes since 2026-11-12/],
  ['postgres:9.6', 'fail', /no fixes any more/],
  ['postgres:30', 'unknown', /table of/],
  ['postgres', 'unknown', /tells no version/],
])('judges %s: %s', (image, verdict, says) => {
  expect(judgePostgres(image, POSTGRES, NOW)).toMatchObject({ verdict, says: expect.stringMatching(says) });
});

it('warns half a year before the end', () => {
  const found = judgePostgres('postgres:15.3', POSTGRES, Date.parse('2027-08-01T00:00:00Z'));
  expect(found).toMatchObject({ verdict: 'warn', says: expect.stringMatching(/another 102 days/) });
});
