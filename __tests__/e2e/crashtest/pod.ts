import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import type { ProgramSettings } from '../../../lib/backups/program/program-settings';

// biome-ignore lint/suspicious/noExplicitAny: manifests as they were synthesized
type Manifest = any;

const SCRIPTS = join(__dirname, 'scripts');
/** The first process of a container, which nothing within can kill: it waits, and buries what was killed. */
const WAITING = ['/bin/bash', '-c', 'while :; do sleep 1d; done'];
/** Steps by the workload that they are taken from. */
const STEPS: { [workload: string]: string[] } = {
  'CronJob/matrix-backup': ['copy', 'store'],
  'CronJob/matrix-backup-prune': ['prune'],
  'CronJob/matrix-backup-list': ['list'],
  'CronJob/matrix-restore': ['fetch', 'database'],
  'Deployment/matrix-backup-agent': ['agent'],
};

/** What the test's pod consists of, and the commands of its containers, which the test runs one after another. */
export interface CrashPod {
  readonly objects: object[];
  readonly commands: { [container: string]: string[] };
}

/**
 * One pod of all containers that work on backups, each as it was synthesized: image, environment, mounts and limits. Three things
 * differ: a container waits until the test runs its command, the pod has claims of its own, and the restored database goes to a
 * volume beside the live one.
 */
export function crashPod(manifest: string, archiveTimeout: number): CrashPod {
  const all: Manifest[] = parseAllDocuments(manifest).map((document) => document.toJS());
  const find = (name: string) => all.find(({ kind, metadata }) => `${kind}/${metadata.name}` === name);
  const pods = new Map(Object.keys(STEPS).map((name) => [name, podOf(find(name))]));
  const server = podOf(find('StatefulSet/matrix-postgres'));
  const volumes = new Map<string, Manifest>();
  const commands: { [container: string]: string[] } = {};
  const taken = (pod: Manifest, role: string, container: Manifest): Manifest => {
    const mounts = container.volumeMounts.map((mount: Manifest) => {
      const volume = pod.volumes.find((one: Manifest) => one.name === mount.name);
      const name = nameOf(volume, role);
      // The choice of what is restored is the test's.
      const own = volume.persistentVolumeClaim || volume.configMap?.optional;
      volumes.set(name, { ...volume, ...(own ? OWN : {}), name });
      return { ...mount, name, ...(volume.configMap?.optional ? { readOnly: false } : {}) };
    });
    const volumeMounts = [...mounts, SHARED, { name: 'crashtest', mountPath: '/crashtest/scripts' }];
    return { ...container, ports: undefined, readinessProbe: undefined, livenessProbe: undefined, volumeMounts };
  };
  const waiting = [...pods].flatMap(([workload, pod]) =>
    STEPS[workload].map((step) => {
      const container = containersOf(pod).find(({ name }) => name === step);
      commands[step] = container.command;
      return { ...taken(pod, workload.split('/')[1], container), command: WAITING };
    }),
  );
  // A repository whose claim with the spool is lost: nothing of that is there but the repository.
  const elsewhere = ['fetch', 'database'].map((step) => {
    const container = waiting.find(({ name }) => name === step);
    const kept = container.volumeMounts.filter(({ name }: Manifest) => name !== 'matrix-postgres-backup-pvc');
    const mounts = [...kept, ...LOST];
    return { ...container, name: `${step}-elsewhere`, volumeMounts: mounts };
  });
  commands['fetch-elsewhere'] = commands.fetch;
  commands['database-elsewhere'] = commands.database;
  const [initialise] = server.initContainers.map((one: Manifest) => taken(server, 'postgres', one));
  const [postgres, roles] = server.containers.map((one: Manifest) => taken(server, 'postgres', one));
  // While the test restores, no log may come: then PostgreSQL is down otherwise.
  const archive = 'flock /crashtest/shared/archive.lock /bin/bash /etc/postgresql/archive-wal.sh %p %f';
  postgres.command.push('-c', `archive_timeout=${archiveTimeout}s`, '-c', `archive_command=${archive}`);
  const agent = waiting.find(({ name }) => name === 'agent');
  const media = { name: 'matrix-synapse-data', mountPath: '/data' };
  const [{ secret }] = server.volumes.find(({ name }: Manifest) => name === 'roles').projected.sources;
  const password = { secretKeyRef: { name: secret.name, key: secret.items[0].key } };
  const env = [...initialise.env, { name: 'DATABASE_PASSWORD', valueFrom: password }];
  const writer = { ...agent, name: 'writer', env, volumeMounts: [...agent.volumeMounts, media] };
  const prepare = { ...agent, name: 'prepare', command: ['python3', '/crashtest/scripts/cheap-key.py'] };
  const tools = containersOf(pods.get('CronJob/matrix-backup')).find(({ name }) => name === 'tools');
  const spec = {
    terminationGracePeriodSeconds: 0,
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    securityContext: { ...server.securityContext },
    initContainers: [taken(pods.get('CronJob/matrix-backup'), 'matrix-backup', tools), initialise, prepare],
    containers: [postgres, roles, ...waiting, ...elsewhere, writer].map((one) => ({ ...one, env: localEnv(one.env) })),
    volumes: [
      ...volumes.values(),
      ...['shared', 'backup-elsewhere'].map((name) => ({ name, emptyDir: {} })),
      { name: 'crashtest', configMap: { name: 'crashtest' } },
    ],
  };
  const configs = [...new Set([...volumes.values()].flatMap(({ configMap }) => (configMap ? [configMap.name] : [])))];
  return {
    commands,
    objects: [
      ...configs.flatMap((name) => find(`ConfigMap/${name}`) ?? []).map(hurried),
      { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'crashtest' }, data: ownScripts() },
      ...secretsFor(spec),
      { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'crash', labels: { app: 'crashtest' } }, spec },
    ],
  };
}

const OWN = { persistentVolumeClaim: undefined, configMap: undefined, emptyDir: {} };
const SHARED = { name: 'shared', mountPath: '/crashtest/shared' };
const LOST = [
  { name: 'backup-elsewhere', mountPath: '/backup' },
  { name: 'matrix-postgres-backup-pvc', mountPath: '/backup/repository', subPath: 'repository' },
];

function podOf({ spec }: Manifest): Manifest {
  return (spec.jobTemplate?.spec ?? spec).template.spec;
}

function containersOf(pod: Manifest): Manifest[] {
  return [...(pod.initContainers ?? []), ...pod.containers];
}

/** A claim is the same for all, but for that of the database while it is restored. */
function nameOf({ name, persistentVolumeClaim: claim }: Manifest, role: string): string {
  if (claim) {
    return role === 'matrix-restore' && name === 'postgres-storage' ? 'restored' : claim.claimName;
  }
  return name === 'tools' ? name : `${role}-${name}`;
}

/** WAL is uploaded more often than it usually is. */
function hurried(config: Manifest): Manifest {
  const text = config.data['settings.json'];
  if (!text) {
    return config;
  }
  const given: ProgramSettings = JSON.parse(text);
  const settings: ProgramSettings = { ...given, uploadInterval: 0.5 };
  return { ...config, data: { ...config.data, 'settings.json': JSON.stringify(settings) } };
}

/** All are in one pod. */
function localEnv(env: Manifest[] = []): Manifest[] {
  const other: { [name: string]: string } = { PGHOST: 'localhost' };
  return env.map(({ name, ...rest }) => ({ name, ...(other[name] ? { value: other[name] } : rest) }));
}

function ownScripts(): { [name: string]: string } {
  return Object.fromEntries(readdirSync(SCRIPTS).map((name) => [name, readFileSync(join(SCRIPTS, name), 'utf8')]));
}

/** A Secret with chance in it for each that the pod names. */
function secretsFor(spec: Manifest): object[] {
  const keys = new Map<string, Set<string>>();
  const know = (name: string, key: string) => keys.set(name, (keys.get(name) ?? new Set()).add(key));
  for (const { env } of containersOf(spec)) {
    for (const { valueFrom } of env ?? []) {
      if (valueFrom?.secretKeyRef) {
        know(valueFrom.secretKeyRef.name, valueFrom.secretKeyRef.key);
      }
    }
  }
  for (const { secret } of spec.volumes.flatMap(({ projected }: Manifest) => projected?.sources ?? [])) {
    for (const { key } of secret?.optional ? [] : (secret?.items ?? [])) {
      know(secret.name, key);
    }
  }
  return [...keys].map(([name, names]) => ({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name },
    stringData: Object.fromEntries([...names].map((key) => [key, randomBytes(16).toString('hex')])),
  }));
}
