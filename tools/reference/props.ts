import type { Declared, Member } from './declarations';
import { byText, code, fitting, grouped, page, partOf, sourceOf, table } from './markdown';

/** Whether it is an interface of data, such as props, and not of an object with behaviour. */
export function isData({ kind, name, module }: Declared): boolean {
  return kind === 'interface' && module.startsWith('lib/') && !/^I[A-Z]/.test(name);
}

/** A table for each interface of data. */
export function propsPage(exported: Declared[]): string {
  const parts = grouped(exported.filter(isData), ({ module }) => partOf(module)).map(([part, all]) => {
    const sorted = [...all].sort((a, b) => byText(a.name, b.name));
    return [`## ${part}`, ...sorted.map((one) => section(one, exported))].join('\n\n');
  });
  return page(
    'Props',
    'Every prop with its type and default, by part. The source has the details of each prop; an editor shows them too.',
    ...parts,
  );
}

/** Props without a summary, and optional ones without a default. */
export function undocumented(exported: Declared[]): string[] {
  return exported
    .filter(isData)
    .flatMap(({ name, members }) =>
      members.flatMap((member) => [
        ...(member.doc.summary ? [] : [`${name}.${member.name} has no summary`]),
        ...(isOptional(member) && !member.doc.byDefault ? [`${name}.${member.name} has no @default`] : []),
      ]),
    );
}

function section(one: Declared, exported: Declared[]): string {
  const bases = exported.filter((other) => one.bases.includes(other.name) && isData(other));
  const also = bases.map(({ name }) => `[${name}](#${name.toLowerCase()})`).join(' and ');
  const rows = one.members.map((member) => [
    code(member.name),
    code(typeOf(member)),
    isOptional(member) ? defaultOf(member) : '**required**',
    fitting(member.doc.summary),
  ]);
  return [
    `### ${one.name}`,
    `${one.doc.summary}${also && ` It has the props of ${also} too.`} Source: ${sourceOf(one)}.`,
    ...(rows.length > 0 ? [table(['prop', 'type', 'default', 'meaning'], rows)] : []),
  ].join('\n\n');
}

const isOptional = ({ name, signature }: Member) => signature.startsWith(`${name}?`);

const typeOf = ({ signature }: Member) => signature.replace(/^[\w$]+\??(: )?/, '');

/** A default that begins with a dash is prose, any other is code. */
function defaultOf({ doc: { byDefault = '' } }: Member): string {
  return byDefault.startsWith('- ') ? byDefault.slice(2) : code(byDefault);
}
