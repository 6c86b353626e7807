import { adopt } from '../../../cli/adopt/adopt';

afterEach(() => jest.restoreAllMocks());

it('cannot look without a namespace', async () => {
  const said = jest.spyOn(console, 'error').mockImplementation(() => undefined);
  expect(await adopt.run([])).toBe(2);
  expect(said).toHaveBeenCalledWith(expect.stringMatching(/^adopt: --namespace is missing/));
});

it('prints its options', async () => {
  const said = jest.spyOn(console, 'log').mockImplementation(() => undefined);
  expect(await adopt.run(['--help'])).toBe(0);
  expect(said).toHaveBeenCalledWith(expect.stringMatching(/^usage: oriso-matrix adopt --namespace/));
});
