import { Duration } from 'cdk8s';
import { Construct } from 'constructs';
import { fileBeside } from '../../kubernetes/files';
import { k8s } from '../../kubernetes/k8s';
import { labelsOf } from '../../kubernetes/metadata/labels';
import { CRON_JOB_NAME_LENGTH } from '../../kubernetes/metadata/names';
import { Traffic } from '../../kubernetes/network/traffic';
import { besideAffinity } from '../../kubernetes/workloads/affinity';
import { resources } from '../../kubernetes/workloads/resources';
import { ScheduledJob } from '../../kubernetes/workloads/scheduled-job';
import { claimVolume } from '../../kubernetes/workloads/volumes';
import { pythonPod, SECRETS_FOLDER } from '../../python/python-pod';
import type { System } from '../../system';
import type { IMatrixHomeserver } from '../homeserver';
import { allowBucket, type MediaBucket, S3_LOGIN } from './media-bucket';

/** Props of {@link MediaOffload}. */
export interface MediaOffloadProps {
  readonly system: System;
  readonly homeserver: IMatrixHomeserver;
  readonly bucket: MediaBucket;
}

/**
 * A CronJob that gives the bucket the files that it lacks, and then removes old copies from the claim.
 *
 * It runs on the node of Synapse: most storage can be mounted on one node only.
 */
export class MediaOffload extends Construct {
  /** Name of the CronJob. */
  public readonly cronJob: string;
  /** The bucket that it fills. */
  public readonly bucket: MediaBucket;

  constructor(scope: Construct, id: string, { system, homeserver, bucket }: MediaOffloadProps) {
    super(scope, id);
    const workload = system.labels('matrix-media-offload', 'media-offload', CRON_JOB_NAME_LENGTH);
    this.cronJob = workload.app;
    this.bucket = bucket;
    const traffic = new Traffic(this, 'Traffic', workload);
    traffic.allowDns();
    allowBucket(traffic, bucket);
    const store = '/data/media_store';
    const settings = {
      ...bucket.settings,
      address: bucket.address,
      store,
      secretsFolder: SECRETS_FOLDER,
      keepFor: bucket.localCopies.toSeconds(),
    };
    const config = new k8s.KubeConfigMap(this, 'Config', {
      metadata: { name: workload.app, labels: labelsOf(workload) },
      data: {
        'offload.py': fileBeside(__dirname, 'offload.py'),
        ...S3_LOGIN,
        'settings.json': `${JSON.stringify(settings, null, 2)}\n`,
      },
    });
    const pod = pythonPod(system, {
      name: 'offload',
      program: 'offload.py',
      configMapName: config.name,
      secrets: bucket.secretFiles,
      resources: resources(20, 64, 256),
      affinity: besideAffinity(homeserver.podLabels),
      mounts: [{ name: 'synapse-data', mountPath: '/data' }],
      volumes: [claimVolume('synapse-data', homeserver.dataClaimName)],
    });
    // The first run moves all files that there are. What it has not come to is left to the next one.
    new ScheduledJob(this, 'Default', {
      workload,
      schedule: bucket.schedule,
      deadline: Duration.hours(12),
      retries: 2,
      pod,
    });
  }
}
