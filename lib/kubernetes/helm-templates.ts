import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { App, Yaml } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { objectKey, objectsOf } from './metadata/objects';

/** Begins an action in a Helm template. Scripts and settings can have it too: Jinja templates begin so. */
const ACTION = '{{';

/** Whether the manifests become templates of a Helm chart, as with `cdk8s synth --format helm`. */
function isHelmChart({ outdir }: App): boolean {
  return basename(outdir) === 'templates';
}

/**
 * Escapes {@link ACTION} in the manifests of an app that is synthesized as a Helm chart.
 *
 * A manifest with it is written again as JSON, which is YAML too, and in which each character can be escaped.
 *
 * @see https://helm.sh/docs/chart_template_guide/
 */
export function escapeTemplates(app: App): void {
  const paths = isHelmChart(app) ? readdirSync(app.outdir, { recursive: true, encoding: 'utf8' }) : [];
  for (const path of paths.filter((one) => one.endsWith(app.outputFileExtension)).map((one) => join(app.outdir, one))) {
    if (readFileSync(path, 'utf8').includes(ACTION)) {
      writeFileSync(path, Yaml.load(path).map(escaped).join('---\n'));
    }
  }
}

function escaped(manifest: object): string {
  const text = Yaml.stringify(manifest);
  return text.includes(ACTION) ? `${JSON.stringify(manifest, null, 2).replaceAll(ACTION, '{\\u007b')}\n` : text;
}

/** Returns an error for each object with {@link ACTION} when the app is synthesized as a Helm chart without escapes. */
export function unescapedTemplates(app: IConstruct): string[] {
  if (!(app instanceof App) || app.synth !== App.prototype.synth || !isHelmChart(app)) {
    return [];
  }
  return objectsOf(app)
    .filter((object) => JSON.stringify(object.toJson()).includes(ACTION))
    .map(
      (object) => `${objectKey(object)} has '${ACTION}', which Helm would run as a template: use MatrixApp, not App`,
    );
}
