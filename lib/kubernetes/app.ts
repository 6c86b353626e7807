import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { App, Chart, Names, Yaml, YamlOutputType } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { escapeTemplates } from './helm-templates';
import { objectsOf } from './metadata/objects';

/**
 * An App with the same output as cdk8s' own, whose synthesis time grows linearly with the number of charts.
 *
 * cdk8s validates and sorts the whole app again for each chart. Charts that neither depend on nor contain one another
 * need that only once. Any other app is left to cdk8s.
 *
 * @see https://cdk8s.io/docs/latest/basics/app/
 */
export class MatrixApp extends App {
  /** Validates the app and writes its manifests. For `--format helm`, they are escaped. */
  public override synth(): void {
    this.write();
    escapeTemplates(this);
  }

  private write(): void {
    const constructs = this.node.findAll();
    const charts = constructs.filter((child): child is Chart => child instanceof Chart);
    if (!this.isSimple(constructs, charts)) {
      super.synth();
      return;
    }
    mkdirSync(this.outdir, { recursive: true });
    validate(constructs);
    for (const chart of charts) {
      const file = join(this.outdir, `${Names.toDnsLabel(chart)}${this.outputFileExtension}`);
      Yaml.save(
        file,
        objectsOf(chart).map((object) => object.toJson()),
      );
    }
  }

  /** Whether the app has one file per chart, no nested charts, no dependencies and no custom rendering. */
  private isSimple(constructs: IConstruct[], charts: Chart[]): boolean {
    return (
      this.yamlOutputType === YamlOutputType.FILE_PER_CHART &&
      // A private field of cdk8s, which sets it from the environment.
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
