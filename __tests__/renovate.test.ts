import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Image } from '../lib';
import { devDependencies } from '../package.json';

const ROOT = join(__dirname, '..');
const FILES = readdirSync(join(ROOT, 'lib'), { recursive: true, encoding: 'utf8' }).map((path) => `lib/${path}`);
const IMAGE_FILES = FILES.filter((path) => path.endsWith('-image.ts'));
const TEXTS = IMAGE_FILES.map((path) => readFileSync(join(ROOT, path), 'utf8'));
const IMAGES = IMAGE_FILES.flatMap((path) => Object.values<Image>(require(join(ROOT, path))));
const { customManagers, packageRules } = JSON.parse(readFileSync(join(ROOT, 'renovate.json'), 'utf8'));
const [manager] = customManagers;
const DIGEST = `sha256:${'0123456789abcdef'.repeat(4)}`;

/** Returns the matches of the expression of renovate.json in a file. */
function found(text: string): RegExpExecArray[] {
  return [...text.matchAll(new RegExp(manager.matchStrings[0], 'g'))];
}

/** Returns the matched reference as text. */
function referenceOf({ groups }: RegExpExecArray): string {
  const { depName, currentValue, currentDigest } = groups ?? {};
  return `${depName}:${currentValue}${currentDigest ? `@${currentDigest}` : ''}`;
}

/** Returns the file after an update by Renovate. */
function replaced({ groups }: RegExpExecArray, newValue: string, newDigest?: string): string {
  return manager.autoReplaceStringTemplate
    .replace(/\{\{#if newDigest\}\}(.*)\{\{\/if\}\}/, newDigest ? '$1' : '')
    .replace('{{{depName}}}', groups?.depName)
    .replace('{{{newValue}}}', newValue)
    .replace('{{{newDigest}}}', newDigest);
}

it('reads only files that declare images', () => {
  const reads = (path: string) =>
    manager.managerFilePatterns.some((pattern: string) => new RegExp(pattern.slice(1, -1)).test(path));
  const others = ['package-lock.json', '__tests__/kubernetes/images/image.test.ts'];
  expect([...FILES, ...others].filter(reads).sort()).toEqual([...IMAGE_FILES].sort());
});

it('finds one complete image in each file', () => {
  expect(TEXTS.map((text) => found(text).map(referenceOf))).toEqual(IMAGES.map(({ reference }) => [reference]));
  const pinned = TEXTS.map((text) => text.replace(/^( +reference: '.*)',$/m, `$1@${DIGEST}',`));
  expect(pinned.map((text) => found(text).map(referenceOf))).toEqual(
    IMAGES.map(({ reference }) => [`${reference}@${DIGEST}`]),
  );
});

it('separates name, tag and digest', () => {
  const [plain, pinned] = found(
    `reference: 'example.org/a/one:1.2-alpine',\nreference: 'example.org/two:v2@${DIGEST}',\n`,
  );
  expect({ ...plain.groups }).toEqual({ depName: 'example.org/a/one', currentValue: '1.2-alpine' });
  expect({ ...pinned.groups }).toEqual({ depName: 'example.org/two', currentValue: 'v2', currentDigest: DIGEST });
});

it('updates the version in place', () => {
  const [text] = TEXTS;
  const [match] = found(text);
  expect(text.replace(match[0], replaced(match, match.groups?.currentValue ?? ''))).toBe(text);
  const updated = text.replace(match[0], replaced(match, '9.9.9', DIGEST));
  expect(found(updated).map(referenceOf)).toEqual([`${match.groups?.depName}:9.9.9@${DIGEST}`]);
  expect(updated.split('\n')).toHaveLength(text.split('\n').length);
});

it('has rules only for images that a part declares, and for packages that are installed', () => {
  const names: string[] = packageRules.flatMap((rule: { matchPackageNames: string[] }) => rule.matchPackageNames);
  const known = [...TEXTS.flatMap(found).map(({ groups }) => groups?.depName), ...Object.keys(devDependencies)];
  expect(names.length).toBeGreaterThan(0);
  expect(names.filter((name) => !known.includes(name))).toEqual([]);
});
