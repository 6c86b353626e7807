#!/bin/bash
# Second step of a drill: recovers the database of the newest backup, and checks it. Recovery goes to a moment after
# this backup, so that WAL is proven too. If nothing was written after it, recovery goes to the end.
#
# Environment: DATABASE_NAME DATABASE_USER.
set -euo pipefail
shopt -s nullglob

fail() {
  echo "drill: $*" >&2
  exit 1
}

# shellcheck source=lib/backups/program/matrix_backups/restore/recover.sh
source "$(dirname "$0")/recover.sh"
trap '[[ ! $server ]] || kill -QUIT "$server"' EXIT

part() { # NAME: notes the duration of the part that ends here
  echo "$1=$(($(date +%s%3N) - since))" >>/recovered/parts
  since=$(date +%s%3N)
}
since=$(date +%s%3N)

data=/drill/pgdata.restoring
pg_verifybackup --quiet "$data" || fail "the base backup in $set is damaged, see the lines above: make a new backup, and run matrix-backup-verify"
part verify
# Counts rows as of the end of the base backup, to compare them with the manifest.
touch "$data/recovery.signal"
start "$data" -c hot_standby=on -c max_connections=1000 -c max_wal_senders=64 -c max_worker_processes=64 \
  -c "restore_command=/bin/bash $(dirname "$0")/fetch-wal.sh %f %p $logs" -c recovery_target=immediate -c recovery_target_action=pause
until [[ $(sql --command='SELECT pg_get_wal_replay_pause_state()' postgres 2>/dev/null) == paused ]]; do
  kill -0 "$server" 2>/dev/null || fail "PostgreSQL could not recover backup $set, see the lines above"
  sleep 0.2
done
owner_sql --file="$(dirname "$0")/facts.sql" >/recovered/facts.json
finish
if ! recover "$data"; then
  [[ $time ]] || fail "PostgreSQL could not recover backup $set, see the lines above"
  time=''
  recover "$data" || fail "PostgreSQL could not recover backup $set to the end of the WAL, see the lines above"
fi
part recovery
for database in "$DATABASE_NAME" postgres template1; do sql --file="$(dirname "$0")/objects.sql" "$database"; done >/recovered/objects
sql --file="$(dirname "$0")/after-restore.sql" postgres
owner_sql --file="$(dirname "$0")/empty-keys.sql"
pg_amcheck --host=/tmp --username=postgres --database="$DATABASE_NAME" --install-missing --heapallindexed --jobs=2 ||
  fail "pg_amcheck found damage in the database of backup $set, see the lines above"
part amcheck
finish
echo "drill: the database of backup $set is recovered to ${time:-the end of the WAL} and passed pg_amcheck"
