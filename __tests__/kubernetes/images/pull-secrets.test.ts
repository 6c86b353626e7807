import { checkedPullSecrets } from '../../../lib/kubernetes/images/pull-secrets';
import { untyped } from '../../support/parts';

it('may be none', () => {
  expect(checkedPullSecrets([])).toEqual([]);
});

it('are each listed once, in the order given: Kubernetes takes none twice', () => {
  expect(checkedPullSecrets(['two', 'one.example.org', 'two'])).toEqual(['two', 'one.example.org']);
});

it.each(['Hunter2', 'hunter_2', '', '-hunter2', '{"auths":{"hunter2":{}}}', undefined, 'h'.repeat(254)])(
  'refuse what is not a name, without repeating it: %s',
  (name) => {
    const make = () => checkedPullSecrets(['registry-credentials', untyped(name)]);
    expect(make).toThrow('pullSecrets[1]');
    expect(make).toThrow("such as 'registry-credentials'");
    expect(make).not.toThrow(/hunter_?2/i);
  },
);
