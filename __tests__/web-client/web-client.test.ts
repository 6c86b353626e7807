import { Testing } from 'cdk8s';
import { MatrixWebClient, WebClient } from '../../lib';
import { emptyChart, systemIn } from '../support/parts';
import { OPTIONS } from '../support/systems';

it('element: renders the part with every option', () => {
  const [one, other] = [emptyChart(), emptyChart()];
  WebClient.element(OPTIONS.webClient)._render(one, 'WebClient', systemIn(one));
  new MatrixWebClient(other, 'WebClient', { system: systemIn(other), ...OPTIONS.webClient });
  expect(Testing.synth(one)).toEqual(Testing.synth(other));
});

it('none: renders nothing', () => {
  const chart = emptyChart();
  expect(WebClient.none()._render(chart, 'WebClient', systemIn(chart))).toBeUndefined();
});
