import { Duration } from 'cdk8s';
import { Construct } from 'constructs';
import type { k8s } from '../../kubernetes/k8s';
import { Traffic } from '../../kubernetes/network/traffic';
import { resources } from '../../kubernetes/workloads/resources';
import { ScheduledJob } from '../../kubernetes/workloads/scheduled-job';
import type { BackupFacts, OwnDatabase } from '../backup-facts';
import { bash, databaseReader, PROGRAM } from '../program/program';
import { repositoryContainer, stagingMounts, TMP } from '../repository/repository-container';
import { jobPod, type RecurringJobProps } from './job-pod';

/** Folder of the dump on the claim. */
const STAGING = 'dump';

/** Props of {@link DumpJob}. */
export interface DumpJobProps extends RecurringJobProps {
  readonly database: OwnDatabase;
}

/** The job that dumps the database, for a move to another major version of PostgreSQL. */
export class DumpJob extends Construct {
  constructor(scope: Construct, id: string, { facts, database, schedule }: DumpJobProps) {
    super(scope, id);
    const workload = facts.workload('backup-dump');
    const traffic = new Traffic(this, 'Traffic', workload);
    facts.allowDatabase(traffic, 3);
    facts.repository._allowFrom(traffic);
    new ScheduledJob(this, 'Default', {
      workload,
      schedule,
      deadline: Duration.hours(6),
      pod: dumpPod(facts, database),
    });
  }
}

/** The pod of the job. */
export function dumpPod(facts: BackupFacts, database: OwnDatabase): k8s.PodSpec {
  return jobPod(facts, {
    staging: STAGING,
    steps: [
      {
        name: 'dump',
        image: database.backup.image,
        resources: facts.jobResources ?? resources(50, 48, 512),
        command: bash('dump-database.sh'),
        env: databaseReader(database),
        volumeMounts: [PROGRAM, TMP, ...stagingMounts(STAGING)],
      },
    ],
    container: repositoryContainer(facts, { name: 'store', command: ['dump', 'store'] }),
  });
}
