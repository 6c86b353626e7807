import { Duration } from 'cdk8s';
import {
  ClusterBackup,
  Federation,
  HomeserverConfig,
  type IMonitored,
  ImageSource,
  MediaStorage,
  Monitoring,
  type Peer,
  Postgres,
  Probes,
  Rules,
  Scaling,
  SecretKey,
  SyntheticUser,
  Upkeep,
  Workers,
} from '../../lib';
import { type Rule, type RuleGroup, ruleGroups } from '../../lib/monitoring/rules/rule-groups';
import { livekitWith } from './livekit';
import type { Manifest } from './manifests';
import { emptyChart } from './parts';
import { chartOf, OPTIONS } from './systems';
import { tokenServiceIn } from './token-service';

/** A system with everything that has alerts. */
export function watchedSystem(rules = Rules.recommended({ rotateSecretsEvery: Duration.days(365) })) {
  return chartOf({
    synapse: {
      federation: Federation.OPEN,
      media: MediaStorage.s3({
        endpoint: 'https://s3.example.org',
        bucket: 'matrix-media',
        credentials: {
          accessKeyId: SecretKey.fromSecretName('media', 'id'),
          secretAccessKey: SecretKey.fromSecretName('media', 'key'),
        },
      }),
      config: HomeserverConfig.recommended().extend({
        app_service_config_files: ['/data/bridge.yaml'],
        limit_usage_by_mau: true,
        max_mau_value: 1000,
      }),
    },
    images: ImageSource.upstream({ replacements: { synapse: 'registry.example.org/synapse-s3:v1.163.2' } }),
    workers: Workers.of({ sync: Scaling.fixed(1) }),
    postgres: Postgres.inCluster({ synchronousReplication: true }),
    syntheticUser: SyntheticUser.inCluster(),
    upkeep: Upkeep.nightly({ abandonedRoomsAfter: Duration.days(90) }),
    monitoring: Monitoring.prometheusOperator({
      collector: OPTIONS.monitoring.collector,
      probes: Probes.blackbox('blackbox-exporter.monitoring:9115'),
      rules,
    }),
  });
}

/** A system with a replicated database. */
export function replicatedSystem() {
  return chartOf({
    postgres: Postgres.cloudNativePg({ backup: ClusterBackup.plugin({ objectStore: 'database-backups' }) }),
    monitoring: Monitoring.prometheusOperator({ collector: OPTIONS.monitoring.collector }),
  });
}

/** The groups of alerts of calls. */
export function callGroups(): RuleGroup[] {
  return ruleGroups([livekitWith().livekit, tokenServiceIn(emptyChart())], false, {}, 'caritas');
}

/** The groups of alerts of a rendered system. */
export function groupsIn(manifests: Manifest[]): RuleGroup[] {
  return manifests.flatMap(({ kind, spec }) => (kind === 'PrometheusRule' ? spec.groups : []));
}

/** Every alert of {@link watchedSystem}. */
export function watchedAlerts(): Rule[] {
  return groupsIn(watchedSystem().toJson()).flatMap(({ rules }) => rules);
}

/** Every alert that a system can have. */
export function everyAlert(): Rule[] {
  const ofDatabase = groupsIn(replicatedSystem().toJson()).filter(({ name }) => name === 'matrix-database');
  return [...watchedAlerts(), ...[...callGroups(), ...ofDatabase].flatMap(({ rules }) => rules)];
}

/** A part for tests that says only this about itself. */
export function monitoredPart(monitored: Partial<IMonitored['monitored']>): IMonitored & { readonly allowed: Peer[] } {
  const allowed: Peer[] = [];
  return {
    monitored: { part: 'pong', ports: [], alerts: [], ...monitored },
    allowMetricsFrom: ({ peer }) => void allowed.push(peer),
    allowed,
  };
}
