import { Duration, Size, Testing } from 'cdk8s';
import { type BackupOptions, BackupRepository, Backups } from '../../lib/backups';
import { Schedule } from '../../lib/kubernetes/schedule';
import { SecretKey } from '../../lib/kubernetes/secret-key';
import { resources } from '../../lib/kubernetes/workloads/resources';
import { backedUp, IN_STORE, keysIn, partsOf } from '../support/backup-parts';

function rendered(backups: Backups) {
  const { chart, ...parts } = partsOf();
  const before = keysIn(chart);
  const furtherSecrets = [SecretKey.fromSecretName('admin', 'password')];
  const made = backups._render(chart, 'Backups', { ...parts, furtherSecrets });
  return { chart, made, before };
}

it('minimal: as MatrixBackups by itself', () => {
  const { made, chart } = rendered(Backups.to(BackupRepository.claim()));
  const furtherSecrets = [SecretKey.fromSecretName('admin', 'password')];
  expect(made?.claimName).toBe('matrix-postgres-backup-pvc');
  expect(Testing.synth(chart)).toEqual(backedUp({ furtherSecrets }).manifests);
});

it('all options reach MatrixBackups', () => {
  const options: Required<BackupOptions> = {
    storage: Size.gibibytes(500),
    keep: { daily: 14 },
    schedules: { backup: Schedule.daily('01:00') },
    fullCheckEvery: Duration.days(14),
    recoveryPointObjective: Duration.seconds(30),
    agentResources: resources(11, 33, 129),
    jobResources: resources(12, 34, 130),
  };
  const furtherSecrets = [SecretKey.fromSecretName('admin', 'password')];
  expect(Testing.synth(rendered(Backups.to(IN_STORE, options)).chart)).toEqual(
    backedUp({ furtherSecrets, repository: IN_STORE }, options).manifests,
  );
});

it('none renders nothing', () => {
  const { made, chart, before } = rendered(Backups.none());
  expect(made).toBeUndefined();
  expect(keysIn(chart)).toEqual(before);
});
