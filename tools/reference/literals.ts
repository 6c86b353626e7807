/** A text in a source: a literal, or several that are added. */
export interface Literal {
  /** With `‹name›` where a value is put in. */
  readonly text: string;
  /** What stands before it on the way from the last literal. */
  readonly before: string;
}

const REGEX_BEFORE = /(^|[(,=:[!&|?{};+]|=>|return)\s*$/;
const QUOTED = /'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"/y;
const COMMENT = /\/\/[^\n]*|\/\*.*?\*\//sy;
const REGEX = /\/(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n[])+\/\w*/y;

/** The texts of a source in TypeScript, in their order. */
export function literalsOf(source: string): Literal[] {
  const result: Literal[] = [];
  let [before, at] = ['', 0];
  while (at < source.length) {
    const found = tokenAt(source, at, before);
    at += found.length;
    if (found.text === undefined) {
      before += found.kept;
    } else if (/^\s*\+\s*$/.test(before) && result.length > 0) {
      const last = result[result.length - 1];
      result[result.length - 1] = { ...last, text: last.text + found.text };
      before = '';
    } else {
      result.push({ text: found.text, before });
      before = '';
    }
  }
  return result;
}

interface Token {
  readonly length: number;
  /** Of a literal. */
  readonly text?: string;
  readonly kept: string;
}

function tokenAt(source: string, at: number, before: string): Token {
  const match = (pattern: RegExp) => {
    pattern.lastIndex = at;
    return pattern.exec(source)?.[0];
  };
  const comment = match(COMMENT);
  if (comment) {
    return { length: comment.length, kept: '' };
  }
  const quoted = match(QUOTED);
  if (quoted) {
    return { length: quoted.length, text: unescaped(quoted.slice(1, -1)), kept: '' };
  }
  if (source[at] === '`') {
    return templateAt(source, at);
  }
  const regex = REGEX_BEFORE.test(before) ? match(REGEX) : undefined;
  return { length: regex?.length ?? 1, kept: regex ? '/…/' : source[at] };
}

function templateAt(source: string, start: number): Token {
  let [text, at] = ['', start + 1];
  while (source[at] !== '`') {
    if (source.startsWith('${', at)) {
      const end = endOfValue(source, at + 2);
      text += shownFor(source.slice(at + 2, end));
      at = end + 1;
    } else {
      const length = source[at] === '\\' ? 2 : 1;
      text += unescaped(source.slice(at, at + length));
      at += length;
    }
  }
  return { length: at + 1 - start, text, kept: '' };
}

/** The position of the bracket that ends `${`. */
function endOfValue(source: string, start: number): number {
  let [at, depth] = [start, 0];
  while (source[at] !== '}' || depth > 0) {
    const { length, text } = tokenAt(source, at, source.slice(start, at));
    depth += text !== undefined ? 0 : Number(source[at] === '{') - Number(source[at] === '}');
    at += length;
  }
  return at;
}

/** What a reader sees for a value: the texts that it may be, or its name. */
function shownFor(expression: string): string {
  const texts = literalsOf(expression)
    .filter(({ text, before }) => /[a-z]{2}/.test(text) && !before.trimEnd().endsWith('('))
    .map(({ text }) => text.trim());
  const names = expression
    .replace(/'[^']*'|`[^`]*`/g, '')
    .match(/[a-zA-Z_]\w*(?![\w(])/g)
    ?.filter((name) => !['length', 'undefined', 'this'].includes(name));
  return `‹${texts.join(' / ') || names?.at(-1) || '…'}›`;
}

function unescaped(text: string): string {
  return text.replace(/\\n/g, ' ').replace(/\\(.)/g, '$1');
}
