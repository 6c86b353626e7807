import type { k8s } from '../../kubernetes/k8s';
import { resources } from '../../kubernetes/workloads/resources';
import { scratch } from '../../kubernetes/workloads/volumes';
import type { BackupFacts } from '../backup-facts';
import { programContainer } from '../program/program';
import { RESULTS, repositoryContainer } from '../repository/repository-container';
import { DRILL, drillSystem, drillVolume, SECRETS } from './drill-system';
import { BACKUP_SECRETS, HANDOVER, handoverVolumes, jobPod, TOLD } from './job-pod';

/**
 * The pod of a drill: it fetches the newest backup, restores a database that is backed up here, and checks the result.
 */
export function drillPod(facts: BackupFacts): k8s.PodSpec {
  const { ownDatabase } = facts;
  const database = facts.share((own) => drillSystem(facts, own));
  const secrets = ownDatabase ? [SECRETS] : [];
  return jobPod(facts, {
    usesMedia: true,
    steps: [
      repositoryContainer(facts, {
        name: 'fetch',
        command: ['drill', 'fetch'],
        volumeMounts: [DRILL, HANDOVER, BACKUP_SECRETS, ...secrets],
      }),
      ...database.steps,
    ],
    container: programContainer(facts, {
      name: 'check',
      command: ['drill', 'check'],
      resources: facts.jobResources ?? resources(20, 32, 512),
      volumeMounts: [RESULTS, DRILL, TOLD, ...database.volumeMounts],
    }),
    volumes: [
      // A sample of the media needs less than a database.
      ownDatabase ? drillVolume(facts, ownDatabase) : scratch(DRILL.name, '1Gi'),
      ...handoverVolumes(ownDatabase !== undefined),
      ...database.volumes,
    ],
  });
}
