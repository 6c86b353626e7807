import { SIGNATURES, type Types } from '../../../lib/kubernetes/checks/signatures';
import { kindOf } from '../../../lib/kubernetes/checks/value-kind';

const { calls, props, interfaces } = SIGNATURES;

/** The type of one element of a list or mapping, or the type itself. */
function elementOf(type: string): string {
  const [, element] = /^(.*)\[\]$/.exec(type) ?? /^\{ \[\w+: string\]: (.*) \}$/.exec(type) ?? [];
  return element === undefined ? type : elementOf(element);
}

const all: [string, Types][] = [
  ...Object.entries(calls),
  ...Object.entries(props),
  ...Object.entries(interfaces).map(([name, { members }]): [string, Types] => [name, members]),
];

it.each(all)('%s has only types that are checked', (_, types) => {
  for (const type of Object.values(types).map(elementOf)) {
    expect(Object.hasOwn(props, type) || kindOf(type)).toBeTruthy();
  }
});
