import { Duration } from 'cdk8s';
import { Schedule, Weekday } from '../../../lib';
import { mediaBucketAlerts } from '../../../lib/synapse/monitored/media-bucket-alerts';
import { emptyChart } from '../../support/parts';

it('watches the bucket by every process that stores files, and the CronJob that fills it', () => {
  const bucket = { schedule: Schedule.weekly(Weekday.SUNDAY, '01:20') };
  const alerts = mediaBucketAlerts(emptyChart(), 'app=~"main|media"', { cronJob: 'matrix-media-offload', bucket });
  expect(alerts.map(({ name }) => name)).toEqual(['MatrixMediaBucketFailing', 'MatrixMediaOffloadOverdue']);
  expect(alerts[0].expression).toContain('matrix_media_bucket_failures_total{app=~"main|media"}');
  expect(alerts[1].expression).toContain(`> ${Duration.days(14.5).toSeconds({ integral: false })})`);
  expect(alerts[1].expression).toContain('cronjob=~"matrix-media-offload"');
});
