import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ApiObject, App, Chart, Names, Yaml, YamlOutputType } from 'cdk8s';
import type { IConstruct } from 'constructs';

/**
 * An App that writes the same bytes as cdk8s' own, sooner, and in time that grows with the number of charts and not with its square.
 *
 * cdk8s validates and sorts the whole app again for each chart. Our charts never depend on one another and hold no other charts,
 * so that each can be validated once and written in the order of its objects; an app that does otherwise is left to cdk8s.
 *
 * @see https://cdk8s.io/docs/latest/basics/app/
 */
export class MatrixApp extends App {
  public override synth(): void {
    const constructs = this.node.findAll();
    const charts = constructs.filter((child): child is Chart => child instanceof Chart);
    if (!this.isSimple(constructs, charts)) {
      super.synth();
      return;
    }
    mkdirSync(this.outdir, { recursive: true });
    validate(constructs);
    for (const chart of charts) {
      const objects = chart.node.findAll().filter((child): child is ApiObject => child instanceof ApiObject);
      const documents = objects.map((object) => toYaml(object.toJson()));
      writeFileSync(
        join(this.outdir, `${Names.toDnsLabel(chart)}${this.outputFileExtension}`),
        documents.join('---\n'),
      );
    }
  }

  /** One file for each chart, all charts directly below the app, nothing ordered, nothing rendered in its own way. */
  private isSimple(constructs: IConstruct[], charts: Chart[]): boolean {
    return (
      this.yamlOutputType === YamlOutputType.FILE_PER_CHART &&
      // Private to cdk8s, and it reads the environment, which we do not.
      Reflect.get(this, 'recordConstructMetadata') === false &&
      charts.every((chart) => chart.node.scope === this && chart.toJson === Chart.prototype.toJson) &&
      constructs.every((child) => child.node.dependencies.length === 0)
    );
  }
}

function validate(constructs: IConstruct[]): void {
  const errors = constructs.flatMap((child) => child.node.validate().map((error) => `[${child.node.path}] ${error}`));
  if (errors.length > 0) {
    throw new Error(`Validation failed with the following errors:\n  ${errors.join('\n  ')}`);
  }
}

/**
 * One document, the same bytes as `Yaml.stringify`, which takes longer than all the rest of a synthesis: only the layout is ours.
 * It still decides how each line of text is quoted, once for each text, and writes every document with something unusual in it.
 *
 * @internal
 */
export function toYaml(document: unknown): string {
  return isPlain(document) && isUsual(document, new Set()) ? fields(document, '') || '{}\n' : Yaml.stringify(document);
}

const SAFE = /^(?!(?:y|n|yes|no|on|off|true|false|null)$)[a-z/][\w./-]{0,252}$/i;
const UNUSUAL_LINES = /^\s|[ \t]\n?$|\n\n$|[^\t\n\x20-\x7e\xa0-\ud7ff]/;
const quoted = new Map<string, string>();

/** Whether the layout of a value is one of those below; `seen` finds what YAML would write as an alias. */
function isUsual(value: unknown, seen: Set<unknown>): boolean {
  if (typeof value === 'string') {
    return !value.includes('\n') || !UNUSUAL_LINES.test(value);
  }
  if (typeof value === 'number') {
    return Number.isSafeInteger(value) && !Object.is(value, -0);
  }
  if (value === null || typeof value === 'boolean') {
    return true;
  }
  if (seen.has(value)) {
    return false;
  }
  seen.add(value);
  return Array.isArray(value)
    ? value.every((one) => !Array.isArray(one) && isUsual(one, seen))
    : isPlain(value) && Object.entries(value).every(([key, one]) => SAFE.test(key) && isUsual(one, seen));
}

function isPlain(value: unknown): value is object {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

function fields(value: object, indent: string): string {
  const lines = Object.entries(value).map(([key, one]) => `${key}:${after(one, indent, `\n${indent}  `)}`);
  return lines.join(indent);
}

/** What follows a key or a dash; `start` is what stands before the first field. */
function after(value: unknown, indent: string, start: string): string {
  const inner = `${indent}  `;
  if (typeof value === 'string') {
    return value.includes('\n') ? ` ${block(value, inner)}` : ` ${text(value)}\n`;
  }
  if (Array.isArray(value) && value.length > 0) {
    return `\n${value.map((one) => `${inner}-${after(one, inner, ' ')}`).join('')}`;
  }
  if (isPlain(value) && Object.keys(value).length > 0) {
    return `${start}${fields(value, inner)}`;
  }
  return ` ${Array.isArray(value) ? '[]' : isPlain(value) ? '{}' : value}\n`;
}

function text(value: string): string {
  if (SAFE.test(value)) {
    return value;
  }
  const known = quoted.get(value) ?? Yaml.stringify({ a: value }).slice('a: '.length, -1);
  quoted.set(value, known);
  return known;
}

function block(value: string, indent: string): string {
  const lines = value.replace(/\n$/, '').replace(/\n+/g, `$&${indent}`);
  return `${value.endsWith('\n') ? '|' : '|-'}\n${indent}${lines}\n`;
}
