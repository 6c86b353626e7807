import { lockedImages } from '../../../lib/kubernetes/images/images-lock';

const DIGEST = `sha256:${'0123456789abcdef'.repeat(4)}`;

it('reads names and references between comments, with a digest or without', () => {
  const text = `# a list\n\none   example.org/one:1\n# more\ntwo example.org/a/two:2-alpine@${DIGEST}\n`;
  expect(lockedImages(text, ['one', 'two'])).toEqual({
    one: 'example.org/one:1',
    two: `example.org/a/two:2-alpine@${DIGEST}`,
  });
});

it.each([
  ['a line has a name alone', 'one', "line 1, 'one'", 'write them as in'],
  ['a comment follows', 'one example.org/one:1 # why', 'line 1', 'is not a name and a reference'],
  ['nothing runs it', 'one example.org/one:1\nthree example.org/three:3', 'line 2', "nothing runs 'three'"],
  ['it is there twice', 'one example.org/one:1\none example.org/one:2', 'line 2', 'keep one of the two'],
  ['its registry is left out', 'one library/one:1', 'line 1', "'library/one:1' is no full name"],
  ['it has a digest alone', `one example.org/one@${DIGEST}`, 'line 1', 'registry, repository and tag'],
  ['the digest is cut', `one example.org/one:1@${DIGEST.slice(1)}`, 'line 1', 'is no full name'],
  ['the tag is latest', 'one example.org/one:latest', 'example.org/one:latest', 'name a version'],
  ['one is missing', '# none', 'images.lock', "no line for 'one'"],
])('fails when %s', (_, text, where, problem) => {
  expect(() => lockedImages(text, ['one'])).toThrow(where);
  expect(() => lockedImages(text, ['one'])).toThrow(problem);
});
