import { changes } from '../../../cli/adopt/changes';
import { ORIGINAL } from './found';

const VARIABLES = expect.stringMatching(/MATRIX_API_URL, MATRIX_REGISTRATION_SHARED_SECRET, MATRIX_ADMIN_PASSWORD, /);

it('lists what the original has and this project does not', () => {
  expect(changes(ORIGINAL)).toEqual([
    expect.stringContaining('the data is in SQLite'),
    expect.stringContaining('registration is open'),
    expect.stringContaining('Federation.OPEN } keeps it so'),
    expect.stringContaining('postgres:15-alpine becomes PostgreSQL 17'),
    expect.stringContaining('node port 30292'),
    expect.stringMatching(
      /loses its external address and node port 32469 of 8009: use an Ingress, a Gateway or nodePort/,
    ),
    VARIABLES,
    'CronJob matrix-backup-cronjob-github has no successor: delete it',
    'claims stay with their data: matrix-synapse-data, matrix-postgres-pvc',
  ]);
});

it('names the node port for other servers also when the Service is not a LoadBalancer', () => {
  const services = ORIGINAL.services.map(({ spec, ...one }) => ({ ...one, spec: { ports: spec.ports } }));
  expect(changes({ ...ORIGINAL, services })).toContainEqual(
    expect.stringContaining('loses its node port 32469 of 8009:'),
  );
});

it('says only what stays where there is nothing to change', () => {
  const nothing = { namespace: 'here', settings: {}, workloads: [], claims: [], services: [], cronJobs: [] };
  expect(changes(nothing)).toEqual([VARIABLES, 'claims stay with their data: there are none']);
});
