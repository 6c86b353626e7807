#!/bin/bash
# Creates the database when there is none, completely or not at all. Runs before every start of PostgreSQL.
set -euo pipefail

fail() {
  echo "initialise: $*" >&2
  exit 1
}

volume=$(dirname "$PGDATA")

if [[ -e $volume/restore-in-progress ]]; then
  fail "a restore is in progress or was interrupted, so PostgreSQL does not start. Wait until the restore ends, run it again, or undo" \
    "it: docs/operations/restore.md"
fi

if [[ -s $PGDATA/PG_VERSION ]]; then
  found=$(<"$PGDATA/PG_VERSION")
  [[ $found == "$PG_MAJOR" ]] ||
    fail "the volume holds a database of PostgreSQL $found, but this image is PostgreSQL $PG_MAJOR. The data is unchanged. Set the image" \
      "back to $found, or dump the database with $found and restore the dump here: README, Backup and restore"
  # fsGroup may have widened the mode, which PostgreSQL refuses.
  chmod 0700 "$PGDATA"
  exit 0
fi

if [[ -s /backup/last-set ]]; then
  fail "the data volume is empty, but backups exist: the last one is $(</backup/last-set). Restore it: docs/operations/lost-volumes.md." \
    "No empty database is created, because clients would take it for data loss. Do not delete the backup claim: it may hold the only data left."
fi

new=$PGDATA.new
rm -rf "$new"
PGDATA=$new /bin/bash "$(dirname "$0")/make-database.sh"
mv -T "$new" "$PGDATA"
sync
echo "initialise: created database $DATABASE_NAME, owned by $DATABASE_USER"
