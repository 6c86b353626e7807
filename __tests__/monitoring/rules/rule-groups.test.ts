import { Duration } from 'cdk8s';
import { type Alert, AlertSeverity } from '../../../lib';
import { checkedNames, ruleGroups } from '../../../lib/monitoring/rules/rule-groups';
import { monitoredPart } from '../../support/alerts';

const alert = (name: string, changes: Partial<Alert> = {}): Alert => ({
  name,
  expression: 'up == 0',
  severity: AlertSeverity.WARNING,
  summary: 'No pong',
  description: 'People hear no pong.',
  ...changes,
});
const PART = monitoredPart({
  alerts: [alert('MatrixPongDown', { holdsFor: Duration.minutes(3), severity: AlertSeverity.CRITICAL })],
  probes: [{ job: 'matrix-probe-pong', url: 'https://example.org', alerts: [alert('MatrixPongAddress')] }],
});

it('renders an alert as Prometheus reads it', () => {
  expect(ruleGroups([PART], false, {}, 'caritas')).toEqual([
    {
      name: 'matrix-pong',
      rules: [
        {
          alert: 'MatrixPongDown',
          expr: 'up == 0',
          for: '180s',
          labels: { namespace: 'caritas', severity: 'critical', part: 'pong' },
          annotations: {
            summary: 'No pong',
            description: 'People hear no pong.',
            runbook_url: 'docs/runbooks/MatrixPongDown.md',
          },
        },
      ],
    },
  ]);
});

it('has the alerts of probes only where there are probes, and fires at once where nothing else is said', () => {
  const [{ rules }] = ruleGroups([PART], true, {});
  expect(rules.map((rule) => [rule.alert, rule.for])).toEqual([
    ['MatrixPongDown', '180s'],
    ['MatrixPongAddress', undefined],
  ]);
});

it('has no group for a part without alerts', () => {
  expect(ruleGroups([monitoredPart({})], true, {})).toEqual([]);
  expect(ruleGroups([PART], false, { without: ['MatrixPongDown'] })).toEqual([]);
});

it.each(['https://runbooks.example.org', 'https://runbooks.example.org/'])('links the runbooks at %s', (runbooks) => {
  const [{ rules }] = ruleGroups([PART], false, { runbooks, labels: { team: 'chat', severity: 'none' } });
  expect(rules[0].annotations.runbook_url).toBe('https://runbooks.example.org/MatrixPongDown.md');
  expect(rules[0].labels).toEqual({ team: 'chat', severity: 'critical', part: 'pong' });
});

it('fails when an alert that is left out does not exist, and names a similar one', () => {
  const check = () => checkedNames('chart/Monitoring', ['MatrixPongDow'], [PART]);
  expect(check).toThrow("[chart/Monitoring] rules without 'MatrixPongDow'");
  expect(check).toThrow('use MatrixPongDown, or leave it out');
});

it('knows the alerts of probes, and those of no part at all', () => {
  expect(() => checkedNames('chart', ['MatrixPongAddress'], [PART])).not.toThrow();
  expect(() => checkedNames('chart', [], [])).not.toThrow();
});
