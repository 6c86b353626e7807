import { Duration } from 'cdk8s';
import { AlertSeverity, Monitoring, Peer, Rules, type RulesOptions, SecretStore, Secrets } from '../../../lib';
import { groupsIn, monitoredPart } from '../../support/alerts';
import { emptyChart, systemIn } from '../../support/parts';
import { chartOf } from '../../support/systems';

const ALERT = {
  name: 'MatrixPongDown',
  expression: 'up == 0',
  severity: AlertSeverity.CRITICAL,
  summary: 'No pong',
  description: 'People hear no pong.',
};
const WATCHED = { system: systemIn(emptyChart()), parts: [monitoredPart({ alerts: [ALERT] })] };

it('has the alerts of every part', () => {
  const groups = Rules.recommended()._groups?.(emptyChart(), WATCHED, false) ?? [];
  expect(groups.flatMap(({ rules }) => rules.map(({ alert }) => alert))).toEqual(['MatrixPongDown']);
});

it('has none', () => {
  expect(Rules.none()._groups).toBeUndefined();
});

it('fails when an alert to leave out does not exist', () => {
  const rules = Rules.recommended({ without: ['MatrixPingDown'] });
  expect(() => rules._groups?.(emptyChart(), WATCHED, false)).toThrow('use MatrixPongDown');
});

it('watches the age of secrets only when it is asked to', () => {
  const alerts = groupsIn(chartOf({ monitoring: monitoring({}) }).toJson()).flatMap(({ rules }) => rules);
  expect(alerts.map(({ alert }) => alert)).not.toContain('MatrixSecretOld');
  const every = { rotateSecretsEvery: Duration.days(90) };
  const asked = groupsIn(chartOf({ monitoring: monitoring(every), namePrefix: 'second-' }).toJson());
  const [{ expr }] = asked.find(({ name }) => name === 'matrix-secrets')?.rules ?? [];
  expect(expr).toContain(`> ${90 * 86_400}`);
  // Not the signing key: it is rotated when it was stolen, and not for its age.
  const names = ['registration', 'macaroon', 'database'].map((what) => `second-matrix-rotate-${what}`);
  expect(/cronjob=~"([^"]*)"/.exec(expr)?.[1].split('|').sort()).toEqual(names.sort());
});

it('fails when the age of secrets is to be watched that are made elsewhere', () => {
  const every = { rotateSecretsEvery: Duration.days(90) };
  const secrets = Secrets.external(SecretStore.cluster('vault'), { remoteKey: 'matrix' });
  const chart = chartOf({ monitoring: monitoring(every), secrets });
  expect(() => chart.toJson()).toThrow('leave it out, or use Secrets.generated()');
});

function monitoring(options: RulesOptions): Monitoring {
  return Monitoring.prometheusOperator({ collector: Peer.namespace('monitoring'), rules: Rules.recommended(options) });
}
