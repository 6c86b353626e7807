import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { commandsBelow } from '../support/printed-commands';

const DOCS = join(__dirname, '../../../docs');

/** Of parts that the watched system does not have, or of a run before. */
const ABSENT = /livekit|cnpg|certificate|--previous/;

/** Commands by which all runbooks look, each once: below `## Is it real`, and in sentences about the causes. */
export function lookingCommands(): string[] {
  const pages = readdirSync(join(DOCS, 'runbooks')).filter((page) => page.startsWith('Matrix'));
  const commands = pages.flatMap((page) => {
    const text = textOf(`runbooks/${page}`);
    const [, causes = ''] = text.split(/^## Likely causes$/m);
    const spans = [...causes.matchAll(/`(kubectl (?:get|describe|logs) [^`]+)`/g)].map(([, span]) => span);
    return [...commandsBelow(text, '## Is it real').trim().split('\n'), ...spans.filter((span) => !ABSENT.test(span))];
  });
  return [...new Set(commands)].sort();
}

/** The command of a page that contains this text: of a code span, or a line of a block. Fails unless there is one. */
export function printedCommand(page: string, part: string): string {
  const text = textOf(page);
  const blocks = [...text.matchAll(/^ *```sh\n(.*?)^ *```$/gms)].flatMap(([, block]) => block.split('\n'));
  const spans = [...text.replaceAll(/^ *```.*?^ *```$/gms, '').matchAll(/`([^`\n]+)`/g)].map(([, span]) => span);
  const found = [...new Set([...blocks, ...spans].map((one) => one.trim()))].filter((one) => one.includes(part));
  if (found.length !== 1) {
    throw new Error(`${page} prints ${found.length} commands with '${part}'`);
  }
  return found[0];
}

/** The commands of a section of a page. */
export function printedSection(page: string, heading: string): string {
  return commandsBelow(textOf(page), heading);
}

function textOf(page: string): string {
  return readFileSync(join(DOCS, page), 'utf8');
}
