/** What a documentation comment says. */
export interface Docstring {
  /** The first paragraph. */
  readonly summary: string;
  /** The text of `@default`; undefined where there is none. */
  readonly byDefault?: string;
  /** The text of `@throws`; undefined where there is none. */
  readonly throws?: string;
}

/** The content of a comment, from its `/**` to its end. */
export function docstringOf(comment: string): Docstring {
  const text = comment
    .replace(/^\/\*\*|\*\/$/g, '')
    .replace(/^ *\* ?/gm, '')
    .replace(/\{@link (\w+)\}/g, '`$1`')
    .trim();
  const [prose, ...tags] = text.split(/(?:^|\s)@(?=(?:default|throws|param|see|returns|internal)\b)/);
  const tag = (name: string) => {
    const found = tags.find((one) => one.startsWith(`${name} `));
    return found?.slice(name.length).trim().replace(/\s+/g, ' ');
  };
  const [summary] = prose.trim().split(/\n\s*\n/);
  return { summary: summary.replace(/\s+/g, ' '), byDefault: tag('default'), throws: tag('throws') };
}
