import type { Declared, Member } from './declarations';
import { byText, code, grouped, page, partOf, sourceOf } from './markdown';
import { isData } from './props';

/** Every export: classes, interfaces with methods, enums and functions. Interfaces of data are in props.md. */
export function apiPage(exported: Declared[]): string {
  const own = exported.filter(({ module }) => module.startsWith('lib/'));
  const parts = grouped(own, ({ module }) => partOf(module)).map(([part, all]) => {
    const sorted = [...all].sort((a, b) => byText(a.name, b.name));
    const data = sorted.filter(isData).map(({ name }) => `[${name}](props.md#${name.toLowerCase()})`);
    return [
      `## ${part}`,
      ...sorted.filter((one) => !isData(one)).map((one) => section(one, exported)),
      ...(data.length > 0 ? [`Props and other data: ${data.join(', ')}.`] : []),
    ].join('\n\n');
  });
  return page(
    'API',
    'What a program can import from the package, by part. [Props](props.md) has the props with their defaults. ' +
      '`HomeserverSettings`, the settings of homeserver.yaml, has ' +
      '[a page of its own](../how-to/homeserver-settings.md).',
    ...parts,
  );
}

/** Members without a summary. The names of an enum may speak for themselves. */
export function undescribed(exported: Declared[]): string[] {
  const described = exported.filter((one) => one.kind !== 'enum' && !isData(one));
  return described.flatMap((one) =>
    one.members
      .filter(({ name, doc }) => name !== 'constructor' && !doc.summary && !inherited(name, one, exported).summary)
      .map(({ name }) => `${one.name}.${name} has no summary`),
  );
}

function section(one: Declared, exported: Declared[]): string {
  const title = one.kind === 'class' || one.kind === 'function' ? '' : ` (${one.kind})`;
  const bases = one.bases.length > 0 ? ` Is ${one.bases.map(code).join(', ')}.` : '';
  const members = one.kind === 'function' ? [one] : one.members.filter(({ name }) => name !== 'constructor');
  const created = one.members.find(({ name }) => name === 'constructor');
  return [
    `### ${one.name}${title}`,
    `${one.doc.summary}${bases} Source: ${sourceOf(one)}.`,
    [
      ...(created ? [{ ...created, signature: created.signature.replace('constructor', `new ${one.name}`) }] : []),
      ...members,
    ]
      .map((member) => line(member, one, exported))
      .join('\n'),
  ]
    .filter(Boolean)
    .join('\n\n');
}

function line(member: Pick<Member, 'name' | 'signature' | 'doc'>, owner: Declared, exported: Declared[]): string {
  const { summary, throws } = member.doc.summary ? member.doc : inherited(member.name, owner, exported);
  const text = member === owner ? '' : summary;
  const signature = member.signature.replace(/^function /, '');
  const told = [text, throws && `Throws ${throws}`].filter(Boolean).join(' ');
  return `- ${code(signature)}${told && `: ${told}`}`;
}

/** A member without a docstring has that of the interface that it implements. */
function inherited(name: string, owner: Declared, exported: Declared[]): Member['doc'] {
  for (const base of exported.filter((one) => owner.bases.includes(one.name))) {
    const found = base.members.find((member) => member.name === name)?.doc ?? inherited(name, base, exported);
    if (found.summary) {
      return found;
    }
  }
  return { summary: '' };
}
