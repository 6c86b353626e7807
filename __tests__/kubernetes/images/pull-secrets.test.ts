import { checkedPullSecrets } from '../../../lib/kubernetes/images/pull-secrets';
import { untyped } from '../../support/parts';

it('accepts an empty list', () => {
  expect(checkedPullSecrets([])).toEqual([]);
});

it('lists each once, in the given order, because Kubernetes refuses duplicates', () => {
  expect(checkedPullSecrets(['two', 'one.example.org', 'two'])).toEqual(['two', 'one.example.org']);
});

it.each(['Hunter2', 'hunter_2', '', '-hunter2', '{"auths":{"hunter2":{}}}', undefined, 'h'.repeat(254)])(
  'refuses an invalid name without repeating it: %s',
  (name) => {
    const make = () => checkedPullSecrets(['registry-credentials', untyped(name)]);
    expect(make).toThrow('pullSecrets[1]');
    expect(make).toThrow("such as 'registry-credentials'");
    expect(make).not.toThrow(/hunter_?2/i);
  },
);
