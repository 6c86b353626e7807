import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { trafficPicture } from '../lib';
import { CORRECTED } from './e2e/support/corrected-commands';
import { WORKING } from './e2e/support/original-commands';

const README = join(__dirname, '..', 'README.md');

/** Returns the text between two marks of the README, including the marks. */
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
    'These are right as they were printed; the end-to-end tests run each of them. They come from the README of the system that this one replaces.',
    '',
    '```sh',
    ...WORKING.map(({ command }) => command),
    '```',
    '',
    'These are not, most of them on no system. `<HOST>` was the server’s address:',
    '',
    ...rows,
  ].join('\n');
}

function picture(): string {
  process.env.CDK8S_OUTDIR = mkdtempSync(join(tmpdir(), 'matrix-readme-'));
  const { app } = jest.requireActual<typeof import('../main')>('../main');
  return `\`\`\`mermaid\n${trafficPicture(app)}\n\`\`\``;
}

// `npm run docs` generates the expected text.
it.each([
  ['picture', picture],
  ['commands', commands],
])('the README has the generated %s', (name, content) => {
  const { pattern, text } = section(name, content());
  const readme = readFileSync(README, 'utf8');
  expect(readme).toMatch(pattern);
  if (process.env.UPDATE_README) {
    writeFileSync(
      README,
      readme.replace(pattern, () => text),
    );
  }
  expect(readFileSync(README, 'utf8')).toContain(text);
});

it('begins with one of the tested examples', () => {
  const example = readFileSync(join(__dirname, '..', 'examples', 'minimal.ts'), 'utf8');
  expect(readFileSync(README, 'utf8')).toContain(`\`\`\`ts\n${example}\`\`\``);
});
