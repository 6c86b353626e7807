import { Chart } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { checked } from '../../kubernetes/checks/checked';
import type { IMonitored } from '../monitored';
import { checkedNames, type RuleGroup, ruleGroups } from './rule-groups';
import type { RulesOptions } from './rules-options';

/** The alerts of a system. */
@checked
export class Rules {
  /** The alerts of every part that is rendered, with thresholds that follow from its props. */
  public static recommended(options: RulesOptions = {}): Rules {
    return new Rules((scope, parts, probed) => {
      checkedNames(scope.node.path, options.without ?? [], parts);
      return ruleGroups(parts, probed, options, Chart.of(scope).namespace);
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
    public readonly _groups?: (scope: IConstruct, parts: IMonitored[], probed: boolean) => RuleGroup[],
  ) {}
}
