import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Docstring, docstringOf } from './docstring';

/** A member of a class, interface or enum. */
export interface Member {
  readonly name: string;
  /** The declaration on one line, without `readonly` and semicolon. */
  readonly signature: string;
  readonly doc: Docstring;
}

/** A name that the package exports. */
export interface Declared {
  readonly name: string;
  readonly kind: string;
  /** File without its ending, from the root: `lib/system`. */
  readonly module: string;
  /** What it extends and implements. */
  readonly bases: string[];
  readonly signature: string;
  readonly doc: Docstring;
  readonly members: Member[];
}

/** Where a name is declared. */
export interface Origin {
  readonly module: string;
  readonly name: string;
}

/**
 * Reads the declarations that TypeScript has written.
 *
 * @param folder their root.
 */
export function declaredIn(folder: string, origins: Iterable<Origin>): Declared[] {
  return [...origins].map(({ module, name }) => {
    const lines = readFileSync(join(folder, `${module}.d.ts`), 'utf8').split('\n');
    const found = statements(lines).find(({ text }) => headOf(text)?.name === name);
    const head = found && headOf(found.text);
    if (!found || !head) {
      throw new Error(`${module}.d.ts has no declaration of ${name}`);
    }
    const hasMembers = ['class', 'interface', 'enum'].includes(head.kind);
    return {
      ...head,
      module,
      signature: oneLine(found.text),
      doc: docstringOf(found.comment),
      members: hasMembers ? membersOf(found.text) : [],
    };
  });
}

function headOf(text: string): { name: string; kind: string; bases: string[] } | undefined {
  const pattern = /^(?:export )?(?:declare )?(?:abstract )?(class|interface|enum|type|function|const) (\w+)([^{]*)/;
  const [, kind, name, rest] = pattern.exec(text) ?? [];
  const bases = /(?:extends|implements) (.*)/.exec(rest ?? '')?.[1].match(/\w+/g) ?? [];
  return name === undefined ? undefined : { name, kind, bases: bases.filter((one) => one !== 'implements') };
}

function membersOf(text: string): Member[] {
  const body = text.split('\n').slice(1, -1);
  return statements(body.map((line) => line.replace(/^ {4}/, '')))
    .filter((one) => !/^(private|protected) /.test(one.text))
    .map((one) => {
      const signature = oneLine(one.text);
      const name = /^(?:(?:static|get|set|abstract) )*([\w$]+|\[)/.exec(signature)?.[1] ?? signature;
      return { name, signature, doc: docstringOf(one.comment) };
    });
}

interface Statement {
  readonly comment: string;
  readonly text: string;
}

/** Splits lines of declarations: each ends where all its brackets are closed. */
function statements(lines: string[]): Statement[] {
  const result: Statement[] = [];
  let [comment, text, inComment] = ['', '', false];
  for (const line of lines) {
    if (inComment || (text === '' && line.startsWith('/**'))) {
      comment = inComment ? `${comment}\n${line}` : line;
      inComment = !line.endsWith('*/');
    } else if (text !== '' || line.trim() !== '') {
      text = text === '' ? line : `${text}\n${line}`;
      if (depthOf(text) === 0) {
        result.push({ comment, text });
        [comment, text] = ['', ''];
      }
    }
  }
  return result;
}

function depthOf(text: string): number {
  const brackets = text.replace(/\/\*.*?\*\//gs, '');
  return (brackets.match(/[{([]/g)?.length ?? 0) - (brackets.match(/[})\]]/g)?.length ?? 0);
}

function oneLine(text: string): string {
  return text
    .replace(/\/\*.*?\*\//gs, '')
    .replace(/\s+/g, ' ')
    .replace(/; \}/g, ' }')
    .replace(/\breadonly /g, '')
    .replace(/^export (declare )?/, '')
    .replace(/[;,]$/, '');
}
