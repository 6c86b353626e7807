import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';

/** What the rendered YAML of a program amounts to. */
export interface Rendered {
  readonly documents: object[];
  readonly bytes: number;
}

/** Reads every document of a folder that a program has written. */
export function readRendered(folder: string): Rendered {
  const texts = readdirSync(folder)
    .sort()
    .map((name) => readFileSync(join(folder, name), 'utf8'));
  return {
    documents: texts.flatMap((text) => parseAllDocuments(text, { version: '1.1' }).map((one) => one.toJS() as object)),
    bytes: texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0),
  };
}

/**
 * Writes the smallest cdk8s program that makes the same objects: literals, no types, no checks.
 *
 * @param alsoLoads modules it loads without using them.
 */
export function writeBareProgram(file: string, documents: object[], alsoLoads: string[] = []): void {
  const load = (name: string) => `require(${JSON.stringify(require.resolve(name))})`;
  writeFileSync(
    file,
    `const { ApiObject, App, Chart } = ${load('cdk8s')};
${alsoLoads.map((name) => `${load(name)};`).join('\n')}
const app = new App();
const chart = new Chart(app, 'bare');
${JSON.stringify(documents)}.forEach((document, index) => new ApiObject(chart, 'object' + index, document));
app.synth();
`,
  );
}
