import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, normalize, relative } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { files as PACKED } from '../package.json';
import { commandsBelow, PRINTED, printedCommands } from './e2e/support/printed-commands';

const ROOT = join(__dirname, '..');
const ROOT_PAGES = ['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', 'SECURITY.md'];
const DOCS = readdirSync(join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.md'))
  .map((path) => join('docs', path))
  .sort();
const PAGES = [...ROOT_PAGES, ...DOCS];

const textOf = (page: string): string => readFileSync(join(ROOT, page), 'utf8');

/** A page without its code: neither blocks nor spans hold headings, links or prose. */
function proseOf(page: string): string {
  return textOf(page)
    .replace(/^ *```[\s\S]*?^ *```$/gm, '')
    .replace(/`[^`\n]*`/g, '``');
}

/** The anchors of a page's headings, as GitHub makes them. */
function anchorsOf(page: string): string[] {
  const headings = textOf(page)
    .replace(/^ *```[\s\S]*?^ *```$/gm, '')
    .matchAll(/^#{1,6} (.+)$/gm);
  return [...headings].map(([, title]) =>
    title
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(' ', '-'),
  );
}

interface Link {
  readonly target: string;
  /** Relative to the root; undefined for another site. */
  readonly path?: string;
  readonly anchor?: string;
}

function linksOf(page: string): Link[] {
  return [...proseOf(page).matchAll(/\]\(([^)\s]+)\)/g)].map(([, target]) => {
    if (/^[a-z]+:/.test(target)) {
      return { target };
    }
    const [path, anchor] = target.split('#');
    return { target, path: path ? normalize(join(dirname(page), path)).replace(/\/$/, '') : page, anchor };
  });
}

/** Whether `npm pack` takes a file, or a file of a folder, along. */
function isPacked(path: string): boolean {
  const under = (file: string, entry: string) => file === entry || file.startsWith(`${entry}/`);
  const taken = (file: string) =>
    PACKED.some((entry) => (entry === 'lib/**/*.ts' ? /^lib\/.*\.ts$/.test(file) : under(file, entry)));
  const folder = join(ROOT, path);
  return statSync(folder).isDirectory()
    ? readdirSync(folder, { recursive: true, encoding: 'utf8' }).some((file) => taken(join(path, file)))
    : taken(path);
}

describe.each(PAGES)('%s', (page) => {
  const links = linksOf(page).filter(({ path }) => path !== undefined);

  it('has no broken link in the repository', () => {
    const broken = links.filter(
      ({ path = '', anchor }) =>
        !existsSync(join(ROOT, path)) || (anchor !== undefined && !anchorsOf(path).includes(anchor)),
    );
    expect(broken.map(({ target }) => target)).toEqual([]);
  });

  it('has no broken link in the package', () => {
    const missing = links.filter(({ path = '' }) => !isPacked(path));
    expect(missing.map(({ target }) => target)).toEqual([]);
  });

  it('does not lead out of the repository', () => {
    expect(links.filter(({ path = '' }) => relative(ROOT, join(ROOT, path)).startsWith('..'))).toEqual([]);
  });
});

/** Words that style.md replaces; the code of a page, such as what a program prints, is not looked at. */
const FORBIDDEN: { [why: string]: RegExp } = {
  'say what it is instead': /\b(is|are) (no [a-z]|none\b)/i,
  'name the role': /\b(nobody|somebody|everybody|whoever)\b/i,
  'use "only"': /\balone\b/i,
  'use "WAL"':
    /\b(ships?|shipp(ed|ing)|receivers? of|files? of|hands? over (the|its)|archiv(es?|ing)) (PostgreSQL's )?log\b/i,
  'use "backup"': /\b(a|the|each|every|newest|last|complete|encrypted) sets?\b(?! of)/i,
  'use the terms of the glossary':
    /\b(logical cop(y|ies)|spool|buttons?|doors?|ways? in|log-(in|out)s?|taken over|authority of (your|its) own)\b/i,
};

/** Where a forbidden word stands for a reason. */
const EXCEPTIONS: { [page: string]: { word: RegExp; reason: string }[] } = {
  'docs/style.md': [{ word: /./, reason: 'it lists the words that others do not use' }],
};

describe.each(['README.md', ...DOCS])('the words of %s', (page) => {
  it.each(Object.entries(FORBIDDEN))('%s', (_, pattern) => {
    const excepted = EXCEPTIONS[page] ?? [];
    const found = proseOf(page)
      .split('\n')
      .filter((line) => pattern.test(line) && !excepted.some(({ word }) => word.test(line)));
    expect(found).toEqual([]);
  });

  it('fits in table cells of one line', () => {
    const cells = textOf(page)
      .split('\n')
      .filter((line) => /^ *\|/.test(line))
      .flatMap((line) => line.replaceAll(/\]\([^)]*\)/g, ']').split('|'))
      .map((cell) => cell.trim());
    expect(cells.filter((cell) => !/^-+$/.test(cell) && cell.length > 120)).toEqual([]);
  });
});

it('every exception to the words is still needed', () => {
  for (const [page, exceptions] of Object.entries(EXCEPTIONS)) {
    const lines = proseOf(page).split('\n');
    const found = lines.filter((line) => Object.values(FORBIDDEN).some((pattern) => pattern.test(line)));
    expect(exceptions.filter(({ word }) => !found.some((line) => word.test(line)))).toEqual([]);
  }
});

const SOURCES = readdirSync(join(ROOT, 'lib'), { recursive: true, encoding: 'utf8' })
  .filter((path) => /\.(ts|py|sh|sql|cfg|conf)$/.test(path))
  .map((path) => join('lib', path));

/** As in the documentation, but "there is no repository" tells a fact. */
const FORBIDDEN_IN_CODE =
  /\b(?<![Tt]here |with |\bit )(is|are) (no (?!longer|later)[a-z]|none\b)|\b([Nn]obody|[Ss]omebody|[Ee]verybody|[Ww]hoever)\b|(?<![.`])\balone\b(?!\()/;

it.each(SOURCES)('%s speaks plain English', (path) => {
  const found = textOf(path)
    .split('\n')
    .filter((line) => FORBIDDEN_IN_CODE.test(line.replace(/[Tt]here is none|^pod +nobody/, '')));
  expect(found).toEqual([]);
});

it('the README is read in five minutes', () => {
  const readme = textOf('README.md');
  expect(readme.trimEnd().split('\n').length).toBeLessThanOrEqual(150);
  expect(readme.split(/\s+/).filter(Boolean).length).toBeLessThanOrEqual(1200);
});

it('the git config of CONTRIBUTING heads each object of dist/ with its name', () => {
  const [, pattern] = /xfuncname '(.*)'/.exec(commandsBelow(textOf('CONTRIBUTING.md'), '### Synthesis')) ?? [];
  const objects = textOf('dist/matrix.k8s.yaml').split('\n---\n');
  const headed = objects.map((object) => new RegExp(pattern, 'm').exec(object)?.[1]);
  expect(headed).toEqual(parseAllDocuments(textOf('dist/matrix.k8s.yaml')).map((one) => one.toJSON().metadata.name));
});

it('every page is reached from the README', () => {
  const reached = new Set(['README.md']);
  for (const page of reached) {
    for (const { path } of linksOf(page)) {
      if (path?.endsWith('.md')) {
        reached.add(path);
      }
    }
  }
  expect(PAGES.filter((page) => !reached.has(page))).toEqual([]);
});

const OPERATIONS = DOCS.filter((page) => /^docs\/operations\/(?!README)/.test(page));
it.each(OPERATIONS)('%s says when, what before, how it is seen to have worked, and what if it fails', (page) => {
  const text = textOf(page);
  for (const part of ['\n## When to use it\n', '\n## Before you start\n', '\n## If it fails\n']) {
    expect(text).toContain(part);
  }
  expect(text).toMatch(/\n(## How you know that it worked\n|It worked if )/);
  expect(text).toMatch(/^1\. /m);
});

it.each(Object.keys(PRINTED) as (keyof typeof PRINTED)[])('the commands of %s are found for the cluster', (one) => {
  expect(printedCommands(one)).toMatch(/^(kubectl|curl|npx|ROOM=|NEW=|for )/);
});

it('the first ten minutes of the README are the commands of the quickstart', () => {
  const lines = textOf('docs/quickstart.md')
    .split('\n')
    .map((line) => line.trim());
  const commands = commandsBelow(textOf('README.md'), '## Ten minutes to the first message').trim().split('\n');
  expect(commands.length).toBeGreaterThan(5);
  expect(commands.filter((command) => !lines.includes(command))).toEqual([]);
});
