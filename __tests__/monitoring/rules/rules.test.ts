import { AlertSeverity, Rules } from '../../../lib';
import { monitoredPart } from '../../support/alerts';
import { emptyChart } from '../../support/parts';

const ALERT = {
  name: 'MatrixPongDown',
  expression: 'up == 0',
  severity: AlertSeverity.CRITICAL,
  summary: 'No pong',
  description: 'People hear no pong.',
};
const PARTS = [monitoredPart({ alerts: [ALERT] })];

it('has the alerts of every part', () => {
  const groups = Rules.recommended()._groups?.(emptyChart(), PARTS, false) ?? [];
  expect(groups.flatMap(({ rules }) => rules.map(({ alert }) => alert))).toEqual(['MatrixPongDown']);
});

it('has none', () => {
  expect(Rules.none()._groups).toBeUndefined();
});

it('fails when an alert to leave out does not exist', () => {
  const rules = Rules.recommended({ without: ['MatrixPingDown'] });
  expect(() => rules._groups?.(emptyChart(), PARTS, false)).toThrow('use MatrixPongDown');
});
