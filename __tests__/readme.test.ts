import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { trafficPicture } from '../lib';
import { rightsTable } from '../tools/reference/rights';
import { CORRECTED } from './e2e/support/corrected-commands';
import { WORKING } from './e2e/support/original-commands';

const ROOT = join(__dirname, '..');

/** The text between two marks of a page, with the marks. */
function section(name: string, content: string): { pattern: RegExp; text: string } {
  const [begin, end] = [`<!-- ${name}: begin (npm run docs) -->`, `<!-- ${name}: end -->`];
  const quoted = [begin, end].map((mark) => mark.replace(/[()]/g, '\\$&'));
  return { pattern: new RegExp(`${quoted[0]}[^]*${quoted[1]}`), text: `${begin}\n${content}\n${end}` };
}

function commands(): string {
  const rows = Object.values(CORRECTED).map(({ section: where, printed, wrong, instead }) =>
    [`**${where}**: \`${printed}\``, '', `${wrong}. Instead:`, '', '```sh', ...instead, '```', ''].join('\n'),
  );
  return [
    'These commands come from the README of the original system. They work here as they were printed; the end-to-end tests run each of them.',
    '',
    '```sh',
    ...WORKING.map(({ command }) => command),
    '```',
    '',
    'These commands do not work here, and most did not work there. `<HOST>` was the server’s address:',
    '',
    ...rows,
  ].join('\n');
}

function deployment() {
  process.env.CDK8S_OUTDIR = mkdtempSync(join(tmpdir(), 'matrix-readme-'));
  return jest.requireActual<typeof import('../main')>('../main').app;
}

function picture(): string {
  return `\`\`\`mermaid\n${trafficPicture(deployment())}\n\`\`\``;
}

function rights(): string {
  return rightsTable(deployment().charts.flatMap((chart) => chart.toJson()));
}

// `npm run docs` writes what these expect.
it.each([
  ['picture', 'docs/concepts/network.md', picture],
  ['rights', 'docs/concepts/security.md', rights],
  ['commands', 'docs/migration/original-manifests.md', commands],
])('generates the %s of %s from the code', (name, page, content) => {
  const path = join(ROOT, page);
  const { pattern, text } = section(name, content());
  const before = readFileSync(path, 'utf8');
  expect(before).toMatch(pattern);
  if (process.env.UPDATE_README) {
    writeFileSync(
      path,
      before.replace(pattern, () => text),
    );
  }
  expect(readFileSync(path, 'utf8')).toContain(text);
});

it('shows the tested minimal example in the README', () => {
  const example = readFileSync(join(ROOT, 'examples', 'minimal.ts'), 'utf8');
  expect(readFileSync(join(ROOT, 'README.md'), 'utf8')).toContain(`\`\`\`ts\n${example}\`\`\``);
});
