import { Chart } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { checked } from '../../kubernetes/checks/checked';
import type { MonitoredSystem } from '../monitored-system';
import { checkedNames, type RuleGroup, ruleGroups } from './rule-groups';
import type { RulesOptions } from './rules-options';
import { checkedPeriod, watchedRotations } from './secret-alerts';

/** The alerts of a system. */
@checked
export class Rules {
  /** The alerts of every part that is rendered, with thresholds that follow from its props. */
  public static recommended(options: RulesOptions = {}): Rules {
    const every = checkedPeriod(options.rotateSecretsEvery);
    return new Rules((scope, { system, parts }, probed) => {
      const { path } = scope.node;
      const { namespace } = Chart.of(scope);
      const watched = every ? [...parts, watchedRotations(path, system._source.rotations(), every, namespace)] : parts;
      checkedNames(path, options.without ?? [], watched);
      return ruleGroups(watched, probed, options, namespace);
    });
  }

  /** No alerts. */
  public static none(): Rules {
    return new Rules();
  }

  private constructor(
    /**
     * Returns the groups; undefined without alerts.
     *
     * @internal
     */
    public readonly _groups?: (scope: IConstruct, watched: MonitoredSystem, probed: boolean) => RuleGroup[],
  ) {}
}
