// The docstrings of imports/homeserver.ts: our own words, the unit, Synapse's default, and a link to its manual.
import { WORDS } from './homeserver-words.mjs';

const MANUAL = 'https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html';
const ALL = 'Everything that may stand in homeserver.yaml, each name spelt as Synapse spells it.';
const PROPOSALS = 'https://github.com/matrix-org/matrix-spec-proposals/pull/';

/** Where the manual describes the blocks that several options share. */
const SHARED = { rate_limit: 'rc_message', database: 'database', listener: 'listeners' };
const DURATION = "A duration such as `'10m'`.";
const UNITS = { duration: DURATION, positive_duration: DURATION, bytes: "A size such as `'50M'`." };
const TYPES = {
  boolean: 'true or false',
  integer: 'a whole number',
  number: 'a number',
  string: 'text',
  array: 'a list',
  object: 'a mapping',
};

/** Writes the docstrings into the types. */
export class Docstrings {
  texts = new Map();

  /** @param documented the top-level options that the manual has. */
  constructor(documented) {
    this.documented = documented;
  }

  /** Notes what belongs to an interface and to each of its keys. */
  note(title, path, properties) {
    const one = SHARED[path] ? `One ${path.replace('_', ' ')} of homeserver.yaml.` : undefined;
    this.texts.set(title.toLowerCase(), one ?? (path ? `Settings of \`${path}\` in homeserver.yaml.` : ALL));
    for (const [key, node] of Object.entries(properties)) {
      this.texts.set(`${title}.${key}`.toLowerCase(), this.linesOf(path ? `${path}.${key}` : key, node));
    }
  }

  /** The types with a docstring at each key. */
  into(types) {
    let title = '';
    return types
      .split('\n')
      .flatMap((line) => {
        const opened = /^export interface (\w+)/.exec(line)?.[1];
        title = opened ?? title;
        if (opened) return [`/** ${this.textOf(opened)} */`, line];
        const key = /^ {2}readonly '?([^'?:[]+)'?\??:/.exec(line)?.[1];
        if (key === undefined) return [line];
        return ['  /**', ...this.textOf(`${title}.${key}`).map((one) => `   *${one && ` ${one}`}`), '   */', line];
      })
      .join('\n');
  }

  textOf(name) {
    const text = this.texts.get(name.toLowerCase());
    if (text === undefined) throw new Error(`${name} has no docstring`);
    return text;
  }

  linesOf(path, node) {
    const name = path.split('.').at(-1);
    const unit = UNITS[unitOf(node)];
    return [
      `${WORDS[path] ?? summary(name, node)}.`,
      '',
      ...(unit ? [unit, ''] : []),
      ...(shown(node.default) ? [`@default ${shown(node.default)}`] : []),
      `@see ${this.link(path)}`,
    ];
  }

  link(path) {
    const [block] = path.split('.');
    const proposal = /msc(\d+)/.exec(path)?.[1];
    if (proposal) return PROPOSALS + proposal;
    const anchor = SHARED[block] ?? block;
    return this.documented.includes(anchor) ? `${MANUAL}#${anchor}` : MANUAL;
  }
}

/** `smtp_host`, a string: "Smtp host: text". */
function summary(name, node) {
  const proposal = /^msc(\d+)/.exec(name)?.[1];
  if (proposal)
    return `MSC${proposal}${name
      .replace(/^msc\d+_?(enabled)?/, '')
      .replaceAll('_', ' ')
      .replace(/^(?=.)/, ': ')}`;
  const words = name.replaceAll('_', ' ');
  const types = [node.type, ...(node.anyOf ?? []).map(({ type }) => type)].flat().filter((type) => TYPES[type]);
  const kind = node.enum ? 'one of the words below' : types.map((type) => TYPES[type]).join(' or ');
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}${kind && `: ${kind}`}`;
}

function unitOf(node) {
  const found = [node, ...(node.anyOf ?? [])].find(({ $ref }) => $ref);
  return found?.$ref.replace('#/$defs/', '');
}

function shown(value) {
  if (value === undefined || value === null) return '';
  const text = typeof value === 'string' ? `'${value}'` : JSON.stringify(value);
  return text.length <= 60 && !text.includes('*/') ? text : '';
}
