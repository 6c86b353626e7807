import { judgeFederation } from '../../../../cli/doctor/public/federation';

it.each([
  [200, '{"server":{"name":"Synapse","version":"1"}}', undefined, 'ok', /reach Synapse at/],
  [200, '{}', undefined, 'fail', /answers 200$/],
  [404, '', undefined, 'fail', /answers 404$/],
  [0, '', 'no answer within 10 s', 'fail', /no answer within 10 s$/],
])('judges %i %s: %s', (status, body, problem, verdict, says) => {
  const found = judgeFederation('https://a.example', { status, body, headers: {}, problem });
  expect(found).toMatchObject({ verdict, says: expect.stringMatching(says) });
});
