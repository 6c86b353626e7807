import { judgeHost } from '../../../../cli/doctor/public/dns';

it('finds a host that resolves well', async () => expect(await judgeHost('localhost')).toEqual([]));

it('names a host that does not resolve', async () => {
  const [found] = await judgeHost('matrix.oriso.invalid');
  expect(found).toMatchObject({ verdict: 'fail', next: 'dig matrix.oriso.invalid' });
});
