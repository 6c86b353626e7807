import { Duration } from 'cdk8s';
import { Construct } from 'constructs';
import type { k8s } from '../../kubernetes/k8s';
import { Traffic } from '../../kubernetes/network/traffic';
import { resources } from '../../kubernetes/workloads/resources';
import { ScheduledJob } from '../../kubernetes/workloads/scheduled-job';
import { claimVolume, configVolume, secretsVolume } from '../../kubernetes/workloads/volumes';
import type { BackupFacts, DatabaseShare, OwnDatabase } from '../backup-facts';
import { bash, databaseReader, PROGRAM } from '../program/program';
import { repositoryContainer, stagingMounts, TMP } from '../repository/repository-container';
import { jobPod, type RecurringJobProps } from './job-pod';

/** Folder of the base backup on the claim. */
const STAGING = 'work';

/** The job that makes a backup: a base backup of the database, then everything into the repository. */
export class BackupJob extends Construct {
  constructor(scope: Construct, id: string, { facts, schedule }: RecurringJobProps) {
    super(scope, id);
    const workload = facts.workload('backup');
    const traffic = new Traffic(this, 'Traffic', workload);
    facts.allowDatabase(traffic, 3);
    facts.repository._allowFrom(traffic);
    const pod = backupPod(facts);
    new ScheduledJob(this, 'Default', { workload, schedule, deadline: Duration.hours(6), retries: 1, pod });
  }
}

/** The pod of the job. */
export function backupPod(facts: BackupFacts): k8s.PodSpec {
  const { homeserver } = facts;
  const database = facts.share((own) => copy(facts, own));
  return jobPod(facts, {
    usesMedia: true,
    staging: facts.ownDatabase && STAGING,
    steps: database.steps,
    container: repositoryContainer(facts, {
      name: 'store',
      command: ['backup', 'store'],
      volumeMounts: [
        { name: 'media', mountPath: '/media', readOnly: true },
        { name: 'secrets', mountPath: '/secrets', readOnly: true },
        { name: 'synapse-config', mountPath: '/config/synapse', readOnly: true },
        ...database.volumeMounts,
      ],
    }),
    volumes: [
      claimVolume('media', homeserver.dataClaimName, true),
      secretsVolume('secrets', facts.secrets, facts.optionalSecrets),
      configVolume('synapse-config', homeserver.configMapName),
      ...database.volumes,
    ],
  });
}

/** A base backup on the claim, for the container that stores it, with PostgreSQL's configuration. */
function copy({ jobResources }: BackupFacts, database: OwnDatabase): DatabaseShare {
  const { backup } = database;
  return {
    steps: [
      {
        name: 'copy',
        image: backup.image,
        resources: jobResources ?? resources(50, 48, 512),
        command: bash('copy-database.sh'),
        env: databaseReader(database),
        volumeMounts: [PROGRAM, TMP, ...stagingMounts(STAGING)],
      },
    ],
    volumeMounts: [{ name: 'postgres-config', mountPath: '/config/postgres', readOnly: true }],
    volumes: [configVolume('postgres-config', backup.configMapName)],
  };
}
