import { kubectl } from './kubectl';
import type { System } from './system';

/** As the original had it. OLD_POSTGRES=debian is the image whose user is another one than ours. */
export const OLD =
  process.env.OLD_POSTGRES === 'debian'
    ? { oldImage: 'docker.io/library/postgres:15', oldUid: 999 }
    : { oldImage: 'docker.io/library/postgres:15-alpine', oldUid: 70 };

/** A pod with the old PostgreSQL on the claim of the database, as its user. */
const POD = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'old' },
  spec: {
    securityContext: {
      runAsUser: OLD.oldUid,
      runAsGroup: OLD.oldUid,
      fsGroup: OLD.oldUid,
      runAsNonRoot: true,
      seccompProfile: { type: 'RuntimeDefault' },
    },
    containers: [
      {
        name: 'old',
        image: OLD.oldImage,
        command: ['sleep', 'infinity'],
        securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
        volumeMounts: [{ name: 'data', mountPath: '/data' }],
      },
    ],
    terminationGracePeriodSeconds: 1,
    volumes: [{ name: 'data', persistentVolumeClaim: { claimName: 'matrix-postgres-pvc' } }],
  },
};
/** What it has is made as other manifests make it: the locale of the image, the owner of the database as the superuser. */
const MAKE = `set -euo pipefail
export PGDATA=/data/pgdata PGHOST=/tmp PGUSER=synapse
mv $PGDATA /data/lost
initdb --username=synapse --encoding=UTF8 --locale=en_US.utf8 >/dev/null
pg_ctl --wait --options="-c listen_addresses= -c unix_socket_directories=/tmp" start >/dev/null
createdb synapse && createdb another
psql -q -d synapse -c 'CREATE ROLE synapse_user'
grep -v transaction_timeout | psql -q -v ON_ERROR_STOP=1 -d synapse >/dev/null
pg_ctl --wait stop >/dev/null`;

/** Puts PostgreSQL 15 with this dump in the place of a system's database, which is lost. Both are stopped. */
export async function replaceByOld(system: System, dump: string): Promise<void> {
  await system.kubectl(['apply', '-f', '-'], JSON.stringify(POD));
  await system.kubectl(['wait', '--for=condition=ready', 'pod/old', '--timeout=120s']);
  await kubectl(['exec', '-i', '-n', system.namespace, 'old', '--', 'bash', '-c', MAKE], dump);
  await system.kubectl(['delete', 'pod', 'old']);
}
