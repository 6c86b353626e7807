#!/bin/bash
# Second step of a restore: recovers a database beside the present one, and only then puts it in place.
# The previous data is kept aside. Can be run again at any time.
#
# Environment: PGDATA, DATABASE_NAME DATABASE_USER, NAMESPACE AGENT, and RECEIVER where WAL is received synchronously.
# Mounts: the data claim, /backup, PostgreSQL's configuration, /handover.
set -euo pipefail
shopt -s nullglob

fail() {
  echo "restore: $*" >&2
  exit 1
}

# shellcheck source=lib/backups/program/matrix_backups/restore/recover.sh
source "$(dirname "$0")/recover.sh"
# shellcheck source=lib/backups/program/matrix_backups/wal/rescue-wal.sh
source "$(dirname "$0")/rescue-wal.sh"
# shellcheck source=lib/backups/program/matrix_backups/backup/staging.sh
source "$(dirname "$0")/staging.sh"

volume=$(dirname "$PGDATA")
new=$PGDATA.restoring
now=$(date -u +%Y%m%dT%H%M%SZ)
marker=$volume/restore-in-progress
# The claims of the receiver and the database may be on different nodes, so an operator copies the receiver's WAL here
# when it is needed.
received=/backup/receiver

# The step before fails while another job is running. A job that started since then ends soon.
hold restore

in_use_from_now() { # notes when the timeline of the new database came into use
  local archive
  archive=/backup/wal/$(control "$PGDATA" 'Database system identifier')
  mkdir -p "$archive"
  echo "$(date -u +%Y-%m-%dT%H:%M:%SZ) $(control "$PGDATA" "Latest checkpoint's TimeLineID")" >>"$archive/timelines"
}

noted() { # prints the folder that the marker names. PostgreSQL can write to this volume.
  local found=''
  if [[ -f $marker && ! -L $marker ]]; then found=$(<"$marker"); fi
  [[ ! $found || $found =~ ^"$PGDATA".before-restore-[0-9TZ]+$ ]] ||
    fail "$marker does not name data that a restore moved aside: correct it, or remove it if no restore was interrupted"
  echo "$found"
}

clean() { rm -rf "$new" "$volume/restore-wal" "$volume/restore-dump"; }

if [[ $action == undo ]]; then
  asides=("$PGDATA".before-restore-*)
  # The marker names the restore to undo. It exists when a restore or an undo was interrupted: an earlier restore is
  # then left as it is.
  if [[ ! -e $marker ]]; then
    ((${#asides[@]})) || fail "there is nothing to undo: no restore has moved data aside. The database is as it was"
    echo "${asides[-1]}" >"$marker.part"
    mv "$marker.part" "$marker"
  fi
  last=$(noted)
  if [[ -e $last ]]; then
    [[ ! -e $PGDATA ]] || mv -T "$PGDATA" "$PGDATA.undone-$now"
    mv -T "$last" "$PGDATA"
    echo "restore: undone, the data from ${last##*/} is in place again"
  else
    echo "restore: undone, there was no data aside to put back"
  fi
  [[ ! -e $PGDATA ]] || in_use_from_now
  clean
  rm -f "$marker"
  sync
  exit 0
fi

old=$PGDATA aside=''
if [[ -s $marker ]]; then
  # An interrupted restore moved this data aside. The data in its place has never been started.
  aside=$(noted)
  [[ ! -e $aside ]] || old=$aside
fi
# Until the new database is in place a failure changes nothing, and the old one can be started.
give_up() {
  if [[ $server ]]; then
    kill -QUIT "$server" 2>/dev/null || true
    wait "$server" || true
  fi
  clean || true
  [[ -s $marker ]] || rm -f "$marker"
  echo "restore: the database is as it was" >&2
}
trap give_up EXIT

if [[ $action == dump ]]; then
  PGDATA=$new /bin/bash /etc/postgresql/make-database.sh
  start "$new"
  until sql --command='SELECT 1' postgres >/dev/null 2>&1; do
    kill -0 "$server" 2>/dev/null || fail "the new, empty database does not start, see the lines above"
    sleep 0.2
  done
  # As the owner: what the dump makes may run code of its own.
  pg_restore --host=/tmp --username="$DATABASE_USER" --no-owner --dbname="$DATABASE_NAME" --jobs=2 --exit-on-error "$volume/restore-dump" ||
    fail "the dump could not be restored, see the lines above"
else
  of_old='' state=''
  if [[ -e $old ]]; then
    of_old=$(control "$old" 'Database system identifier' 2>/dev/null || true)
    state=$(control "$old" 'Database cluster state' 2>/dev/null || true)
  fi
  # A database that was shut down cleanly has all of its WAL. WAL that was copied here more than a day ago is from
  # another restore.
  if [[ ${RECEIVER:-} && "$of_old $state" != "$system shut down" && ! $time && $receiver != lost ]] &&
    [[ ! -d $received/$system || ! $(find "$received" -maxdepth 0 -mmin -1440 2>/dev/null) ]]; then
    fail "the old database is missing or was not shut down cleanly, so only the synchronous WAL receiver may have the last acknowledged messages. Copy its WAL with this command, delete this job but not the choice, and create the job again:
  kubectl -n $NAMESPACE exec $RECEIVER-0 -- tar -C /receiver -cz $system | kubectl -n $NAMESPACE exec -i deployment/$AGENT -- sh -c 'rm -rf $received $received.part && mkdir $received.part && tar -C $received.part -xz && mv -T $received.part $received'
If deployment/$AGENT has no pod, scale PostgreSQL to 1 until it has one, then back to 0. If the receiver is lost too, add --from-literal=receiver=lost to the choice"
  fi
  pg_verifybackup --quiet "$new" || fail "the base backup in $set is damaged, see the lines above: choose another backup with set="
  [[ $of_old != "$system" ]] || rescue "$new" "$old"/pg_wal/*
  rescue "$new" "$received/$system"/* "$received/$system"/aside-*/*
  recover "$new" || fail "PostgreSQL could not recover backup $set, see the lines above"
fi
sql --file="$(dirname "$0")/after-restore.sql" postgres
owner_sql --file="$(dirname "$0")/empty-keys.sql"
finish

[[ $action != restore ]] || archive_rescued "$new"
sync

trap - EXIT
if [[ -e $aside ]]; then
  rm -rf "$PGDATA"
elif [[ -e $PGDATA ]]; then
  aside=$PGDATA.before-restore-$now
  echo "$aside" >"$marker"
  mv -T "$PGDATA" "$aside"
fi
mv -T "$new" "$PGDATA"
in_use_from_now
clean
sync
touch /recovered/restored
echo "restore: the database of backup $set is in place${aside:+, the previous data is in $aside}"
used=0
for name in "${rescued[@]}"; do [[ ${name:8} > ${reached} ]] || used=$((used + 1)); done
echo "restore: $used WAL segments that were not archived yet came from the old database or the WAL receiver"
