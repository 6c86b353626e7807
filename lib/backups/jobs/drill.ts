import type { Size } from 'cdk8s';
import { Construct } from 'constructs';
import type { Identity } from '../../kubernetes/metadata/labels';
import { Traffic } from '../../kubernetes/network/traffic';
import { renderCronJob } from '../../kubernetes/workloads/scheduled-job';
import type { BackupContext } from './backup-context';
import { drillPod } from './drill-pod';

/** What a drill is besides {@link BackupContext}. */
export interface DrillProps {
  readonly name: string;
  readonly schedule: string;
  /** Room for the restored database. */
  readonly storage: Size;
  /** @default - the cluster's default class */
  readonly storageClass?: string;
}

/** The drill: nothing gets in, and out only what fetches the set. Where the repository is on the claim, nothing at all. */
export function renderDrill(scope: Construct, id: string, context: BackupContext, props: DrillProps): void {
  const group = new Construct(scope, id);
  const identity: Identity = { app: props.name, component: 'restore-drill', namePrefix: context.namePrefix };
  context.repository.allowFrom(new Traffic(group, 'Traffic', identity));
  renderCronJob(group, 'Default', {
    identity,
    schedule: props.schedule,
    deadline: 4 * 3600,
    // What was restored is as secret as the database itself.
    timeToLive: 24 * 3600,
    pod: drillPod(context, props),
    sidecars: ['postgres', 'synapse'],
  });
}

/**
 * Settings of the drill's Synapse that win over the system's: it sees the restored data, and nobody in the world.
 *
 * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html
 */
export function drillSettings({ postgres, synapse }: BackupContext): { [name: string]: unknown } {
  const { secretName, key } = synapse.signingKey;
  return {
    database: {
      name: 'psycopg2',
      args: { host: '127.0.0.1', port: postgres.port, dbname: postgres.database, user: postgres.user, cp_max: 5 },
    },
    listeners: [
      { port: 8008, bind_addresses: ['127.0.0.1'], type: 'http', resources: [{ names: ['client'], compress: false }] },
    ],
    media_store_path: '/drill/media',
    signing_key_path: `/handover/secrets/${secretName}/${key}`,
    federation_domain_whitelist: [],
    oidc_providers: [],
    start_pushers: false,
    url_preview_enabled: false,
    enable_metrics: false,
  };
}
