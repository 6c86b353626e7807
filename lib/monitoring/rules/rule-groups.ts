import { closest } from 'fastest-levenshtein';
import type { Alert, IMonitored, Monitored } from '../monitored';
import type { RulesOptions } from './rules-options';

/** Folder of the runbooks in this package. */
const RUNBOOKS = 'docs/runbooks';

/** One alert, as Prometheus reads it. */
export interface Rule {
  readonly alert: string;
  readonly expr: string;
  readonly for?: string;
  readonly labels: { [name: string]: string };
  readonly annotations: { [name: string]: string };
}

/**
 * The alerts of one part, as Prometheus reads them.
 *
 * @see https://prometheus.io/docs/prometheus/latest/configuration/alerting_rules/
 */
export interface RuleGroup {
  readonly name: string;
  readonly rules: Rule[];
}

/** Returns a group for each part that has alerts. */
export function ruleGroups(
  parts: IMonitored[],
  probed: boolean,
  options: RulesOptions,
  namespace?: string,
): RuleGroup[] {
  const { without = [] } = options;
  return parts
    .map(({ monitored }) => ({
      name: `matrix-${monitored.part}`,
      rules: alertsOf(monitored, probed)
        .filter(({ name }) => !without.includes(name))
        .map((alert) => ruleOf(alert, { ...(namespace ? { namespace } : {}), part: monitored.part }, options)),
    }))
    .filter(({ rules }) => rules.length > 0);
}

/**
 * Checks the names of alerts to leave out.
 *
 * @param what path of the construct, for the message.
 * @throws when a name is not that of an alert of these parts.
 */
export function checkedNames(what: string, without: string[], parts: IMonitored[]): void {
  const known = parts.flatMap(({ monitored }) => alertsOf(monitored, true)).map(({ name }) => name);
  for (const name of without) {
    if (!known.includes(name)) {
      throw new Error(
        `[${what}] rules without '${name}', which is not an alert of this system: use ${closest(name, known)}, or leave it out`,
      );
    }
  }
}

function alertsOf({ alerts, probes = [] }: Monitored, probed: boolean): Alert[] {
  return [...alerts, ...(probed ? probes.flatMap((probe) => probe.alerts) : [])];
}

function ruleOf(alert: Alert, place: { [name: string]: string }, { runbooks = RUNBOOKS, labels }: RulesOptions): Rule {
  const { name, expression, holdsFor, severity, summary, description } = alert;
  return {
    alert: name,
    expr: expression,
    ...(holdsFor ? { for: `${holdsFor.toSeconds()}s` } : {}),
    // An aggregation drops the labels of the series, and Alertmanager groups by these.
    labels: { ...labels, ...place, severity },
    annotations: { summary, description, runbook_url: `${runbooks.replace(/\/$/, '')}/${name}.md` },
  };
}
