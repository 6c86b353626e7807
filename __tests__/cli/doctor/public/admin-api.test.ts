import { judgeAdminApi } from '../../../../cli/doctor/public/admin-api';

it.each([
  [200, '{"server_version":"1.163.2"}', ['fail']],
  [401, '{"errcode":"M_MISSING_TOKEN"}', ['fail']],
  [404, '{"errcode":"M_UNRECOGNIZED"}', ['ok']],
  [403, '<html>Forbidden</html>', ['ok']],
  [0, '', []],
])('judges %i %s: %j', (status, body, verdicts) => {
  const found = judgeAdminApi('https://a.example', { status, body, headers: {} });
  expect(found.map(({ verdict }) => verdict)).toEqual(verdicts);
});
