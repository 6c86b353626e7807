import { maximumAge } from '../../kubernetes/schedule';
import type { ISecretKey } from '../../kubernetes/secret-key';
import type { BackupFacts, RecoverableDatabase } from '../backup-facts';
import type { BackupPlan } from '../backup-plan';
import type { CheckedSchedules } from '../backup-schedules';

/** Port of the agent with its metrics. */
export const AGENT_PORT = 9090;

/** Seconds between two looks for new WAL. */
const UPLOAD_INTERVAL = 2;

/** Component of the job of each schedule. */
const COMPONENTS: { readonly [part in keyof CheckedSchedules]-?: string } = {
  backup: 'backup',
  prune: 'backup-prune',
  drill: 'restore-drill',
  dump: 'backup-dump',
};

/** A job that the agent watches. */
interface WatchedJob {
  readonly cronJob: string;
  /** Seconds after which it should have succeeded again. */
  readonly maximumAge: number;
}

/** settings.json, as the program reads it; see settings.py. */
export interface ProgramSettings {
  readonly serverName: string;
  readonly namePrefix: string;
  readonly images: { readonly postgres?: string; readonly synapse: string };
  /** Null when it is managed elsewhere. */
  readonly database: {
    readonly host: string;
    readonly port: number;
    readonly name: string;
    readonly user: string;
    readonly dataPath: string;
    readonly workload: string;
  } | null;
  /** A database that its operator backs up, and makes a second one from for a drill. */
  readonly recovery?: {
    /** Name of the second one's Cluster. */
    readonly cluster: string;
    readonly host: string;
    readonly port: number;
    readonly name: string;
    readonly user: string;
  };
  /** Without `workers` there is one process. */
  readonly synapse: { readonly workload: string; readonly workers?: string[] };
  /** Bucket of the media, which are no longer backed up once it has all of them. */
  readonly mediaBucket?: string;
  /** In seconds, as are `archiveTimeout` and `uploadInterval`. */
  readonly recoveryPointObjective: number;
  readonly archiveTimeout: number;
  readonly uploadInterval: number;
  readonly keep: { readonly daily: number; readonly weekly: number; readonly monthly: number };
  /** In days. */
  readonly fullCheckEvery: number;
  /** By part: `backup`, `prune`, `drill`, and `dump` where there are dumps. */
  readonly jobs: { readonly [part: string]: WatchedJob };
  readonly restore: {
    /** Secret and key: `matrix-signing-key/signing.key`. */
    readonly signingKeys: string[];
    readonly databaseSecrets: string[];
    readonly choice: string;
  };
  /** Secret and key of each Secret that a backup must hold. */
  readonly requiredSecrets: string[];
  /** Files of the drill's Synapse: the Secret and key in the backup, or empty for a random value. */
  readonly drillSecrets: { readonly [file: string]: string };
  readonly agentPort: number;
}

/** The settings of a system's backups. */
export function programSettings(facts: BackupFacts, plan: BackupPlan): ProgramSettings {
  const { system, homeserver, ownDatabase, recoverable } = facts;
  const signingKeys = [homeserver.signingKey, ...Object.values(facts.optionalSecrets)];
  return {
    serverName: system.serverName,
    namePrefix: system.namePrefix,
    images: { postgres: ownDatabase?.backup.image, synapse: homeserver.image },
    database: ownDatabase
      ? {
          host: ownDatabase.server.host,
          port: ownDatabase.server.port,
          name: ownDatabase.server.database,
          user: ownDatabase.server.user,
          dataPath: ownDatabase.backup.dataPath,
          workload: ownDatabase.backup.workloadName,
        }
      : null,
    ...(recoverable ? { recovery: recoverySettings(recoverable) } : {}),
    synapse: {
      workload: homeserver.workloadName,
      ...(homeserver.workerWorkloads.length > 0 ? { workers: homeserver.workerWorkloads } : {}),
    },
    ...(homeserver.mediaBucket ? { mediaBucket: homeserver.mediaBucket } : {}),
    recoveryPointObjective: plan.recoveryPointObjective.toSeconds(),
    archiveTimeout: plan.archiveTimeout.toSeconds(),
    uploadInterval: UPLOAD_INTERVAL,
    keep: plan.keep,
    fullCheckEvery: plan.fullCheckEvery,
    jobs: watchedJobs(facts, plan),
    restore: {
      signingKeys: signingKeys.map(({ secretName, key }) => `${secretName}/${key}`),
      databaseSecrets: [...new Set(facts.databaseSecrets.map(({ secretName }) => secretName))],
      choice: facts.choiceName,
    },
    requiredSecrets: Object.keys(facts.secrets),
    drillSecrets: ownDatabase || recoverable ? drillSecrets(facts) : {},
    agentPort: AGENT_PORT,
  };
}

function recoverySettings({ server, recovery }: RecoverableDatabase) {
  const { host, port, database: name, user } = server;
  return { cluster: recovery.clusterName, host, port, name, user };
}

/** The drill proves the signing key. All else that its Synapse needs is made up, so that nothing can leak from there. */
function drillSecrets({ homeserver: { secretFiles, signingKey } }: BackupFacts): { [file: string]: string } {
  const source = ({ secretName, key }: ISecretKey) =>
    secretName === signingKey.secretName && key === signingKey.key ? `${secretName}/${key}` : '';
  return Object.fromEntries(Object.entries(secretFiles).map(([file, secret]) => [file, source(secret)]));
}

function watchedJobs(facts: BackupFacts, { schedules }: BackupPlan): { [part: string]: WatchedJob } {
  const watched = Object.entries(COMPONENTS).flatMap(([part, component]): [string, WatchedJob][] => {
    const schedule = schedules[part as keyof CheckedSchedules];
    return schedule ? [[part, { cronJob: facts.workload(component).app, maximumAge: maximumAge(schedule) }]] : [];
  });
  return Object.fromEntries(watched);
}
