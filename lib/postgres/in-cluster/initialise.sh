#!/bin/bash
# Creates the database when there is none, completely or not at all. Runs before every start of PostgreSQL.
set -euo pipefail

fail() {
  echo "initialise: $*" >&2
  exit 1
}

volume=$(dirname "$PGDATA")

check_writable() { # FOLDER
  local said
  said=$({ touch "$1/.write-test" && rm "$1/.write-test"; } 2>&1) && return
  case $said in
    *Read-only*) fail "the volume at $1 is read-only: check its PersistentVolume and its storage, see docs/how-to/storage.md" ;;
    *denied* | *permitted*)
      fail "the volume at $1 cannot be written by user $(id -u) and group $(id -g): it belongs to $(stat -c %u:%g "$1"). Its storage does not" \
        "apply fsGroup, as NFS and hostPath do not: give it to them once with chown -R $(id -u):$(id -g), see docs/how-to/storage.md"
      ;;
  esac
}

# Sentences instead of what initdb and PostgreSQL would say.
whoami >/dev/null 2>&1 ||
  fail "this image has no user $(id -u): use an image of PostgreSQL on Alpine, such as docker.io/library/postgres:$PG_MAJOR-alpine, for postgres in images"
if [[ -d $PGDATA ]]; then check_writable "$PGDATA"; else check_writable "$volume"; fi
left=$(df -Pm "$volume" | awk 'NR == 2 { print $4 }')
if ((left < 64)); then
  echo "initialise: WARNING: the volume of the database has only $left MiB left. PostgreSQL does not start without room: docs/how-to/grow-a-claim.md" >&2
fi

if [[ -e $volume/restore-in-progress ]]; then
  fail "a restore is in progress or was interrupted, so PostgreSQL does not start. Wait until the restore ends, run it again, or undo" \
    "it: docs/operations/restore.md"
fi

if [[ -e $volume/upgrade-in-progress ]]; then
  fail "an upgrade to another version was interrupted, so PostgreSQL does not start. Run the Job of the upgrade again:" \
    "docs/operations/postgresql-major.md"
fi

if [[ -s $PGDATA/PG_VERSION ]]; then
  found=$(<"$PGDATA/PG_VERSION")
  [[ $found == "$PG_MAJOR" ]] ||
    fail "the volume holds a database of PostgreSQL $found, but this image is PostgreSQL $PG_MAJOR. The data is unchanged. Set the image" \
      "back to $found, or move the data to $PG_MAJOR: docs/operations/postgresql-major.md"
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
