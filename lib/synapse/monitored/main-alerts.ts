import { Duration, type Size } from 'cdk8s';
import { freeShare, unreachable, VOLUME_FULL } from '../../monitoring/expressions';
import { type Alert, AlertSeverity } from '../../monitoring/monitored';
import { NEAR_LIMIT } from './alerts';

/** Alerts on the main process and its claim. */
export function mainAlerts(series: string, memoryLimit: Size): Alert[] {
  return [
    {
      name: 'MatrixSynapseDown',
      expression: unreachable(series),
      holdsFor: Duration.minutes(3),
      severity: AlertSeverity.CRITICAL,
      summary: 'Synapse does not answer',
      description: 'People can neither log in nor read or write messages. Synapse has not answered for three minutes.',
    },
    {
      name: 'MatrixSynapseMemory',
      expression: `max(process_resident_memory_bytes{${series}}) / ${memoryLimit.toKibibytes() * 1024} > ${NEAR_LIMIT}`,
      holdsFor: Duration.minutes(15),
      severity: AlertSeverity.WARNING,
      summary: 'Synapse is close to its memory limit',
      description:
        'Everyone is disconnected when Synapse is killed at its limit, of which it uses {{ $value | humanizePercentage }}.',
    },
    {
      name: 'MatrixMediaVolumeFull',
      expression: `${freeShare('media', series)} < ${VOLUME_FULL}`,
      holdsFor: Duration.minutes(10),
      severity: AlertSeverity.WARNING,
      summary: 'The claim of the media is almost full',
      description: 'People cannot send files once the claim is full: only {{ $value | humanizePercentage }} are free.',
    },
  ];
}
