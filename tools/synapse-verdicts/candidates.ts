import { copySettings } from '../../lib/synapse/config/merge';
import { isMapping } from '../../lib/synapse/config/path';
import { formsOf, ROOT, type SchemaNode } from '../../lib/synapse/config/schema/node';
import { exampleFor } from './examples';
import { oddValues } from './odd-values';
import { TOGETHER } from './together';

/** An option with a value, as Synapse and our check are given it. */
export interface Candidate {
  /** Its name, with `[]` for an item of a list and `*` for a name of the user's own. */
  readonly option: string;
  readonly value: unknown;
  /** Settings around it, without which Synapse would not read it. */
  readonly beside: object;
  /** All together. */
  readonly settings: object;
}

/** Stands for the absence of an option. */
export const REMOVED = '(removed)';

/** Names that users choose, where the schema leaves them open. */
const OWN_NAME = 'abc';

/** Odd and ordinary values of every option, and options that depend on one another. */
export function candidates(): Candidate[] {
  const single = optionsBelow(ROOT, '').flatMap(({ option, node }) => {
    const beside = exampleFor(option);
    const values = [...oddValues(option, node), ...(holds(option) ? [REMOVED] : [])];
    return values.map((value) => ({
      option,
      value,
      beside,
      settings: withValue(beside, stepsOf(option), value) as object,
    }));
  });
  return [...single, ...TOGETHER.map((settings) => ({ option: '(together)', value: settings, beside: {}, settings }))];
}

/** Every option of the schema, but those of open content. */
export function optionsBelow(node: SchemaNode, option: string): { option: string; node: SchemaNode }[] {
  const below = formsOf(node).flatMap(({ properties = {}, additionalProperties, items }) => [
    ...Object.entries(properties).flatMap(([key, child]) => optionsBelow(child, option ? `${option}.${key}` : key)),
    ...(additionalProperties && !isOpen(additionalProperties) ? optionsBelow(additionalProperties, `${option}.*`) : []),
    ...(items ? optionsBelow(items, `${option}[]`) : []),
  ]);
  return option === '' ? below : [{ option, node }, ...below];
}

function isOpen(node: SchemaNode): boolean {
  return Object.keys(node).length === 0;
}

/** Whether the example has the option, so that its absence can be tried. */
function holds(option: string): boolean {
  let value: unknown = exampleFor(option);
  for (const step of stepsOf(option))
    value = isMapping(value) || Array.isArray(value) ? value[step as never] : undefined;
  return value !== undefined;
}

function stepsOf(option: string): (string | number)[] {
  return option
    .replaceAll('[]', '.[]')
    .split('.')
    .map((step) => (step === '[]' ? 0 : step));
}

function withValue(content: unknown, [step, ...rest]: (string | number)[], value: unknown): unknown {
  if (step === undefined) return value;
  if (typeof step === 'number') {
    const list = Array.isArray(content) ? [...content] : [];
    if (rest.length === 0 && value === REMOVED) return list.slice(1);
    return [withValue(list[0], rest, value), ...list.slice(1)];
  }
  const block: Record<string, unknown> = isMapping(content) ? copySettings(content) : {};
  const key = step === '*' ? (Object.keys(block)[0] ?? OWN_NAME) : step;
  if (rest.length === 0 && value === REMOVED) delete block[key];
  else block[key] = withValue(block[key], rest, value);
  return block;
}
