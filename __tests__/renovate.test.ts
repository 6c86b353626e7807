import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { IMAGES } from '../lib/kubernetes/images/image';

const ROOT = join(__dirname, '..');
const LOCK = 'lib/kubernetes/images/images.lock';
const TEXT = readFileSync(join(ROOT, LOCK), 'utf8');
const { customManagers, packageRules } = JSON.parse(readFileSync(join(ROOT, 'renovate.json'), 'utf8'));
const [manager] = customManagers;
const DIGEST = `sha256:${'0123456789abcdef'.repeat(4)}`;

/** What the expression of renovate.json finds in a list of images. */
function found(text: string): RegExpExecArray[] {
  return [...text.matchAll(new RegExp(manager.matchStrings[0], 'g'))];
}

it('reads the list of images, and no other file', () => {
  const reads = (path: string) =>
    manager.managerFilePatterns.some((pattern: string) => new RegExp(pattern.slice(1, -1)).test(path));
  expect([LOCK, 'lib/kubernetes/images/image.ts', 'package-lock.json'].map(reads)).toEqual([true, false, false]);
});

it('finds every image as a whole, and none in the comments', () => {
  expect(found(TEXT).map(([whole]) => whole)).toEqual(Object.values(IMAGES));
  const pinned = TEXT.replace(/^(\w.*)$/gm, `$1@${DIGEST}`);
  expect(found(pinned).map(([whole]) => whole)).toEqual(Object.values(IMAGES).map((image) => `${image}@${DIGEST}`));
});

it('tells name, tag and digest apart', () => {
  const [plain, pinned] = found(`one example.org/a/one:1.2-alpine\ntwo example.org/two:v2@${DIGEST}\n`);
  expect({ ...plain.groups }).toEqual({ depName: 'example.org/a/one', currentValue: '1.2-alpine' });
  expect({ ...pinned.groups }).toEqual({ depName: 'example.org/two', currentValue: 'v2', currentDigest: DIGEST });
});

it('has rules only for images of the list', () => {
  const names: string[] = packageRules.flatMap((rule: { matchPackageNames: string[] }) => rule.matchPackageNames);
  const known = found(TEXT).map(({ groups }) => groups?.depName);
  expect(names.filter((name) => !known.includes(name))).toEqual([]);
});
