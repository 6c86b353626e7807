import { Scaling, SystemSize, Workers } from '../../../lib';

it('are none by default and in a small system', () => {
  expect(Workers.none()._options(SystemSize.LARGE)).toEqual({});
  expect(Workers.forSize()._options(SystemSize.SMALL)).toEqual({});
});

it('follow the size', () => {
  const { sync, eventPersisters } = Workers.forSize()._options(SystemSize.LARGE);
  expect([sync?.least, sync?.most, eventPersisters]).toEqual([2, 6, 2]);
});

it('are those that were asked for', () => {
  const options = { client: Scaling.fixed(1) };
  expect(Workers.of(options)._options(SystemSize.SMALL)).toBe(options);
});
