import { Duration, Testing } from 'cdk8s';
import { MatrixUpkeep, Schedule, Upkeep, type UpkeepOptions } from '../../lib';
import { resources } from '../../lib/kubernetes/workloads/resources';
import { emptyChart } from '../support/parts';
import { contextIn } from './context';

const OPTIONS: Required<UpkeepOptions> = {
  abandonedRoomsAfter: Duration.days(30),
  schedule: Schedule.daily('03:33'),
  resources: resources(11, 33, 129),
};

it('nightly: renders the part with every option', () => {
  const [byFactory, byHand] = [emptyChart(), emptyChart()];
  Upkeep.nightly(OPTIONS)._render(byFactory, 'Upkeep', contextIn(byFactory));
  new MatrixUpkeep(byHand, 'Upkeep', { ...contextIn(byHand), ...OPTIONS });
  expect(Testing.synth(byFactory)).toEqual(Testing.synth(byHand));
});

it('none: renders nothing', () => {
  const chart = emptyChart();
  const context = contextIn(chart);
  const before = Testing.synth(chart);
  expect(Upkeep.none()._render(chart, 'Upkeep', context)).toBeUndefined();
  expect(Testing.synth(chart)).toEqual(before);
});
