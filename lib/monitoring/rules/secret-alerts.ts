import { Duration } from 'cdk8s';
import { placed } from '../expressions';
import { AlertSeverity, type IMonitored } from '../monitored';

/**
 * Checks how often secrets should be rotated.
 *
 * @throws when it is less than a day.
 */
export function checkedPeriod(every?: Duration): Duration | undefined {
  const days = every?.toDays({ integral: false }) ?? 1;
  if (days < 1) {
    throw new Error(
      `rotateSecretsEvery must be at least a day, got ${days} days: use a duration such as Duration.days(365)`,
    );
  }
  return every;
}

/**
 * The secrets, which have no port with metrics. kube-state-metrics tells when the CronJob of each rotation last
 * succeeded, or when it was made, with the secrets.
 *
 * @param what path of the construct, for the message.
 * @param cronJobs names of the CronJobs.
 * @throws when there are no rotations.
 */
export function watchedRotations(what: string, cronJobs: string[], every: Duration, namespace?: string): IMonitored {
  if (cronJobs.length === 0) {
    throw new Error(
      `[${what}] rules have rotateSecretsEvery, but this system has no rotations, because its secrets are made elsewhere: ` +
        'leave it out, or use Secrets.generated()',
    );
  }
  const series = placed(namespace, `cronjob=~"${cronJobs.join('|')}"`);
  const last = (metric: string) => `max by (cronjob) (${metric}{${series}})`;
  const rotated = `(${last('kube_cronjob_status_last_successful_time')} or ${last('kube_cronjob_created')})`;
  const alert = {
    name: 'MatrixSecretOld',
    expression: `(time() - ${rotated} > ${every.toSeconds()}) or absent(kube_cronjob_created{${series}})`,
    holdsFor: Duration.hours(1),
    severity: AlertSeverity.WARNING,
    summary: 'A secret was not rotated in time',
    description:
      'People notice nothing, but anyone who has copied a secret can still use it: ' +
      '{{ if $labels.cronjob }}{{ $labels.cronjob }} did not run for {{ $value | humanizeDuration }}' +
      '{{ else }}nothing tells when it was rotated, because kube-state-metrics does not answer{{ end }}.',
  };
  return { monitored: { part: 'secrets', ports: [], alerts: [alert] }, allowMetricsFrom: () => undefined };
}
