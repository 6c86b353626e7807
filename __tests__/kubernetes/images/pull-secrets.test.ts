import { pullSecrets } from '../../../lib/kubernetes/images/pull-secrets';
import { untyped } from '../../support/parts';

it('is nothing when there are none', () => {
  expect(pullSecrets([])).toBeUndefined();
});

it('names each once, in the order in which they were given: Kubernetes takes none twice', () => {
  expect(pullSecrets(['two', 'one.example.org', 'two'])).toEqual([{ name: 'two' }, { name: 'one.example.org' }]);
});

it.each(['Hunter2', 'hunter_2', '', '-hunter2', '{"auths":{"hunter2":{}}}', undefined, 'h'.repeat(254)])(
  'fails when it is no name, and does not repeat it: %s',
  (name) => {
    const make = () => pullSecrets(['registry-credentials', untyped(name)]);
    expect(make).toThrow('imagePullSecrets[1] is no name of a Secret');
    expect(make).toThrow("such as 'registry-credentials'");
    expect(make).not.toThrow(/hunter_?2/i);
  },
);
