import { remembered } from '../../cli/remembered';

it('makes the value of each key once, also while it is being made', async () => {
  const values = new Map<string, Promise<string>>();
  const made: string[] = [];
  const get = (key: string) =>
    remembered(values, key, async () => {
      made.push(key);
      return `value of ${key}`;
    });
  expect(await Promise.all([get('a'), get('a'), get('b')])).toEqual(['value of a', 'value of a', 'value of b']);
  expect(made).toEqual(['a', 'b']);
});
