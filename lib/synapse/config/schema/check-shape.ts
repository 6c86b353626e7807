import { closest } from 'fastest-levenshtein';
import { type ConfigFinding, isMapping, pathText, type SettingsPath, shown } from '../path';
import { FORMATS } from './formats';
import { formsOf, matchesType, ROOT, type SchemaNode } from './node';
import { amountRemedy, expected, nearest, unknownKey } from './remedies';

/**
 * Compares the settings with the closed schema of everything that Synapse reads.
 *
 * It walks the schema itself because ajv takes 150 ms to load and compile it, as long as a whole synthesis.
 */
export function checkShape(settings: object): ConfigFinding[] {
  const findings: ConfigFinding[] = [];
  checkNode(ROOT, settings, [], findings);
  return findings;
}

function checkNode(node: SchemaNode, value: unknown, path: SettingsPath, findings: ConfigFinding[]): void {
  if (value === undefined) return;
  const forms = formsOf(node);
  const form = forms.find((f) => matchesType(f, value));
  const report = (why: string) => {
    findings.push({ path, message: `${pathText(path) || 'homeserver.yaml'} is ${shown(value, path)}, but ${why}` });
  };
  if (form === undefined) {
    report(`it must be ${[...new Set(forms.flatMap(expected))].join(' or ')}: correct the value, or remove the key`);
  } else if (form.enum !== undefined && !form.enum.includes(value)) {
    const names = form.enum.map((v) => JSON.stringify(v));
    report(`Synapse knows only ${names.join(', ')} here: use ${closest(JSON.stringify(value) ?? '', names)}`);
  } else if (form.pattern !== undefined && typeof value === 'string' && !new RegExp(form.pattern).test(value)) {
    report(amountRemedy(form.pattern, value));
  } else if (form.format !== undefined && typeof value === 'string' && !FORMATS[form.format].matches(value)) {
    report(`it must be ${FORMATS[form.format].expected}`);
  } else if (typeof value === 'number' && !inRange(form, value)) {
    report(`it must be ${rangeText(form)}`);
  } else if (Array.isArray(value)) {
    if (!hasLength(form, value)) report(`it must have ${lengthText(form)}: correct the list, or remove the key`);
    [...value].forEach((item, i) => {
      checkItem(form.items ?? {}, item, [...path, i], findings);
    });
  } else if (isMapping(value)) {
    checkMapping(form, value, path, findings);
  }
}

/** A gap in a list would become null in the file. */
function checkItem(node: SchemaNode, item: unknown, path: SettingsPath, findings: ConfigFinding[]): void {
  if (item !== undefined) checkNode(node, item, path, findings);
  else findings.push({ path, message: `${pathText(path)} is undefined, but a list cannot have gaps: remove the item` });
}

function checkMapping(
  node: SchemaNode,
  value: Record<string, unknown>,
  path: SettingsPath,
  findings: ConfigFinding[],
): void {
  const known = node.properties ?? {};
  const meant = new Set<string | undefined>();
  for (const [key, item] of Object.entries(value)) {
    if (item === undefined) continue;
    const child = Object.hasOwn(known, key) ? known[key] : (node.additionalProperties ?? {});
    if (child !== false) checkNode(child, item, [...path, key], findings);
    else {
      findings.push(unknownKey([...path, key], item, Object.keys(known)));
      meant.add(nearest(key, Object.keys(known)));
    }
  }
  for (const key of node.required ?? []) {
    // A misspelt key is reported once.
    if (value[key] !== undefined || meant.has(key)) continue;
    const message = `${pathText(path)} is ${shown(value, path)}, but its key ${key} is missing: set ${key} as well`;
    findings.push({ path: [...path, key], message });
  }
}

function inRange({ minimum = -Infinity, exclusiveMinimum = -Infinity, maximum = Infinity }: SchemaNode, value: number) {
  return value >= minimum && value > exclusiveMinimum && value <= maximum;
}

function rangeText({ minimum, exclusiveMinimum, maximum }: SchemaNode): string {
  const least = minimum === undefined ? `more than ${exclusiveMinimum}` : `at least ${minimum}`;
  if (maximum === undefined) return least;
  return minimum === undefined ? `at most ${maximum}` : `${least} and at most ${maximum}`;
}

function hasLength({ minItems = 0, maxItems = Infinity }: SchemaNode, list: readonly unknown[]): boolean {
  return list.length >= minItems && list.length <= maxItems;
}

function lengthText({ minItems, maxItems }: SchemaNode): string {
  return minItems === maxItems ? `${minItems} items` : `at least ${minItems} item${minItems === 1 ? '' : 's'}`;
}
