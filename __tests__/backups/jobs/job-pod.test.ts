import { jobPod } from '../../../lib/backups/jobs/job-pod';
import { repositoryContainer } from '../../../lib/backups/repository/repository-container';
import { besideAffinity } from '../../../lib/kubernetes/workloads/affinity';
import { type BackedUpSystem, factsOf } from '../../support/backup-parts';
import { containersOf, type Manifest } from '../../support/manifests';

function made(changes: BackedUpSystem = {}, usesMedia = false): Manifest {
  const { facts } = factsOf(changes);
  return jobPod(facts, { container: repositoryContainer(facts, { name: 'list', command: ['list'] }), usesMedia });
}

it('runs beside the database, where the claims are, whether Synapse is up or down', () => {
  expect(made().affinity).toEqual(besideAffinity({ app: 'matrix-postgres' }));
  expect(made({ managed: true }).affinity).toEqual(besideAffinity({ app: 'matrix-synapse' }));
});

it.each([
  [false, 70, [991]],
  [true, 991, undefined],
])('reads the media as their group or owner (managed database: %p)', (managed, user, groups) => {
  expect(made({ managed }, true).securityContext).toMatchObject({ runAsUser: user, fsGroup: user });
  expect(made({ managed }, true).securityContext.supplementalGroups).toEqual(groups);
  expect(made({ managed }).securityContext.supplementalGroups).toBeUndefined();
});

it('is retried by the Job, not by the kubelet, and has no token', () => {
  const { restartPolicy, serviceAccountName, automountServiceAccountToken } = made();
  expect([restartPolicy, serviceAccountName, automountServiceAccountToken]).toEqual(['Never', undefined, false]);
});

it('copies restic first, then runs its steps', () => {
  const { facts } = factsOf();
  const step = (name: string) => repositoryContainer(facts, { name, command: ['list'] });
  const volumes = [{ name: 'more', configMap: { name: 'more' } }];
  const pod: Manifest = jobPod(facts, { steps: [step('one')], container: step('two'), volumes });
  expect(containersOf({ spec: pod }).map(({ name }) => name)).toEqual(['tools', 'one', 'two']);
  expect(pod.volumes).toContainEqual(volumes[0]);
});

it('has the placement options of the system', () => {
  const pod = made({ system: { pods: { priorityClassName: 'chat', nodeSelector: { disk: 'ssd' } } } });
  expect(pod).toMatchObject({ priorityClassName: 'chat', nodeSelector: { disk: 'ssd' } });
});
