import type { k8s } from '../../../kubernetes/k8s';
import { resources } from '../../../kubernetes/workloads/resources';
import { scratch } from '../../../kubernetes/workloads/volumes';
import type { BackupFacts } from '../../backup-facts';
import { programContainer } from '../../program/program';
import { RESULTS, repositoryContainer } from '../../repository/repository-container';
import { BACKUP_SECRETS, HANDOVER, handoverVolumes, jobPod, TOLD } from '../job-pod';
import { drillCluster, REMOVAL_GRACE } from './drill-cluster';
import { DRILL, SECRETS } from './drill-synapse';
import { drillSystem, drillVolume } from './drill-system';

/**
 * The pod of a drill: it fetches the newest backup, restores a database that is backed up here or by an operator, and
 * checks the result.
 *
 * @param account service account for the steps that ask an operator.
 */
export function drillPod(facts: BackupFacts, account: string): k8s.PodSpec {
  const { ownDatabase, recoverable } = facts;
  const restored = recoverable ? drillCluster(facts, recoverable) : ownDatabase && drillSystem(facts, ownDatabase);
  return jobPod(facts, {
    usesMedia: true,
    steps: [
      repositoryContainer(facts, {
        name: 'fetch',
        command: ['drill', 'fetch'],
        volumeMounts: [DRILL, HANDOVER, BACKUP_SECRETS, ...(restored ? [SECRETS] : [])],
      }),
      ...(restored?.steps ?? []),
    ],
    container: programContainer(facts, {
      name: 'check',
      command: ['drill', 'check'],
      resources: facts.jobResources ?? resources(20, 32, 512),
      volumeMounts: [RESULTS, DRILL, TOLD, ...(restored?.volumeMounts ?? [])],
    }),
    volumes: [
      // A sample of the media needs less than a database.
      ownDatabase ? drillVolume(facts, ownDatabase) : scratch(DRILL.name, '1Gi'),
      ...handoverVolumes(restored !== undefined),
      ...(restored?.volumes ?? []),
    ],
    ...(recoverable ? { serviceAccountName: account, terminationGracePeriodSeconds: REMOVAL_GRACE } : {}),
  });
}
