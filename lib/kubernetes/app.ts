import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { ApiObject, App, Chart, Names, Yaml, YamlOutputType } from 'cdk8s';
import type { IConstruct } from 'constructs';

/**
 * An App that writes the same bytes as cdk8s' own, in time that grows with the number of charts and not with its square.
 *
 * cdk8s validates and sorts the whole app again for each chart. Our charts never depend on one another and hold no other charts,
 * so that each can be validated once and written in the order of its objects; an app that does otherwise is left to cdk8s.
 *
 * @see https://cdk8s.io/docs/latest/basics/app/
 */
export class MatrixApp extends App {
  public override synth(): void {
    const charts = this.node.children.filter((child): child is Chart => child instanceof Chart);
    const constructs = charts.flatMap((chart) => chart.node.findAll());
    const simple =
      this.yamlOutputType === YamlOutputType.FILE_PER_CHART &&
      charts.length === this.node.children.length &&
      constructs.filter((child) => child instanceof Chart).length === charts.length &&
      constructs.every((child) => child.node.dependencies.length === 0);
    if (!simple) {
      super.synth();
      return;
    }
    this.validate(constructs);
    mkdirSync(this.outdir, { recursive: true });
    for (const chart of charts) {
      const objects = chart.node.findAll().filter((child): child is ApiObject => child instanceof ApiObject);
      Yaml.save(
        join(this.outdir, `${Names.toDnsLabel(chart)}${this.outputFileExtension}`),
        objects.map((object) => object.toJson()),
      );
    }
  }

  private validate(constructs: IConstruct[]): void {
    const errors = [this as IConstruct, ...constructs].flatMap((child) =>
      child.node.validate().map((error) => `[${child.node.path}] ${error}`),
    );
    if (errors.length > 0) {
      throw new Error(`Validation failed with the following errors:\n  ${errors.join('\n  ')}`);
    }
  }
}
