#!/bin/bash
# Makes the database when there is none: complete, or not at all. Runs before every start of PostgreSQL.
set -euo pipefail

fail() {
  echo "initialise: $*" >&2
  exit 1
}

volume=$(dirname "$PGDATA")

if [[ -e $volume/restore-in-progress ]]; then
  fail "a restore is under way or was broken off. Let it finish, run it again, or undo it: see docs/operations/restore.md"
fi

if [[ -s $PGDATA/PG_VERSION ]]; then
  found=$(<"$PGDATA/PG_VERSION")
  [[ $found == "$PG_MAJOR" ]] ||
    fail "the volume holds a database of PostgreSQL $found, this is $PG_MAJOR: dump it with $found and restore the dump here, or set the image back"
  # fsGroup may have widened it, and PostgreSQL insists.
  chmod 0700 "$PGDATA"
  exit 0
fi

if [[ -s /backup/last-set ]]; then
  fail "the data volume is empty, but there are backups: the last is set $(</backup/last-set). Restore one: see docs/operations/lost-volumes.md." \
    "An empty database in its place would look like loss to everybody. The backup claim may be all that is left: do not delete it."
fi

new=$PGDATA.new
rm -rf "$new"
PGDATA=$new /bin/bash "$(dirname "$0")/make-database.sh"
mv -T "$new" "$PGDATA"
sync
echo "initialise: database $DATABASE_NAME of $DATABASE_USER is made"
