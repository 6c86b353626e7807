import { Chart, Duration } from 'cdk8s';
import { hostOfServerName } from '../../addresses/server-name';
import { placed } from '../../monitoring/expressions';
import { type Alert, AlertSeverity, type ProbedUrl } from '../../monitoring/monitored';
import type { System } from '../../system';

/** Days before its end at which a certificate should have been renewed. */
export const CERTIFICATE_DAYS = 14;

/** The public URLs of a system, and the alerts on them. */
export function edgeProbes(system: System, federates: boolean, serverNames: string[]): ProbedUrl[] {
  const { publicBaseUrl, federationHost } = system;
  const { namespace } = Chart.of(system);
  const probe = (name: string, url: string, words: Words) =>
    probed(system.objectName(`matrix-probe-${name}`), namespace, url, words);
  const versions = probe('versions', `${publicBaseUrl}/_matrix/client/versions`, {
    name: 'MatrixPublicAddress',
    summary: 'The public address does not answer',
    description: 'People cannot reach the server from outside.',
  });
  return [
    { ...versions, alerts: [...versions.alerts, certificate(placed(namespace, `job="${versions.job}"`))] },
    ...serverNames.flatMap((serverName, index) => {
      const host = hostOfServerName(serverName);
      const suffix = index === 0 ? '' : `-${index + 1}`;
      const alert = {
        name: 'MatrixWellKnown',
        summary: `Discovery of ${serverName} does not answer`,
        description: `New clients and other servers do not find ${serverName}.`,
      };
      return ['client', 'server'].map((document) =>
        probe(`well-known-${document}${suffix}`, `https://${host}/.well-known/matrix/${document}`, alert),
      );
    }),
    ...(federates
      ? [
          probe('federation', `https://${federationHost}/_matrix/federation/v1/version`, {
            name: 'MatrixFederationAddress',
            summary: 'Other servers cannot reach this one',
            description: 'Messages from and to people on other servers do not arrive.',
          }),
        ]
      : []),
  ];
}

type Words = Pick<Alert, 'name' | 'summary' | 'description'>;

function probed(job: string, namespace: string | undefined, url: string, words: Words): ProbedUrl {
  const { name, summary, description } = words;
  const alert = {
    name,
    expression: `probe_success{${placed(namespace, `job="${job}"`)}} == 0`,
    holdsFor: Duration.minutes(3),
    severity: AlertSeverity.CRITICAL,
    summary,
    description: `${description} ${url} does not answer 200.`,
  };
  return { job, url, alerts: [alert] };
}

function certificate(series: string): Alert {
  return {
    name: 'MatrixCertificateEnds',
    expression: `probe_ssl_earliest_cert_expiry{${series}} - time() < ${CERTIFICATE_DAYS} * 86400`,
    holdsFor: Duration.hours(1),
    severity: AlertSeverity.WARNING,
    summary: 'The certificate was not renewed',
    description: 'Every client will refuse to connect in {{ $value | humanizeDuration }}, when the certificate ends.',
  };
}
