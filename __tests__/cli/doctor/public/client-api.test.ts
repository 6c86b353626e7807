import { judgeVersions } from '../../../../cli/doctor/public/client-api';

const judged = (status: number, body: string, problem?: string) =>
  judgeVersions('https://a.example/versions', { status, body, headers: {}, problem }, 'logs');

it.each([
  [200, '{"versions":["v1.1"]}', undefined, 'ok', undefined],
  [200, '<html>', undefined, 'fail', 'logs'],
  [503, '{"errcode":"M_UNKNOWN"}', undefined, 'fail', 'logs'],
  [0, '', 'ECONNREFUSED', 'fail', 'curl -sSi https://a.example/versions'],
])('judges %i %s: %s %s', (status, body, problem, verdict, next) => {
  expect(judged(status, body, problem)).toMatchObject({ verdict, ...(next ? { next } : {}) });
});
