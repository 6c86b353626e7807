import { CannotLook, Kubectl } from '../../cli/kubectl';

it('says in one sentence that kubectl is missing', async () => {
  const refused = new Kubectl('caritas', '/nowhere/kubectl').run('get', 'pods');
  await expect(refused).rejects.toThrow(CannotLook);
  await expect(refused).rejects.toThrow('kubectl is not installed, or not in the PATH');
});
