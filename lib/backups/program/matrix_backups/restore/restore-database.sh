#!/bin/bash
# Second step of a restore: makes the database beside the one that is there, and only then puts it in its place.
# What was there stays aside. Can be run again at any time.
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
# The receiver's claim may be on a node where that of the database cannot be: its WAL is brought here when it is needed.
received=/backup/receiver

# The step before has refused at once while something else was at work; what came in between ends soon.
hold restore

in_use_from_now() { # notes the timeline of the database that is put in place
  local archive
  archive=/backup/wal/$(control "$PGDATA" 'Database system identifier')
  mkdir -p "$archive"
  echo "$(date -u +%Y-%m-%dT%H:%M:%SZ) $(control "$PGDATA" "Latest checkpoint's TimeLineID")" >>"$archive/timelines"
}

clean() { rm -rf "$new" "$volume/restore-wal" "$volume/restore-dump"; }

if [[ $action == undo ]]; then
  asides=("$PGDATA".before-restore-*)
  # A restore that was broken off is undone alone, not the one before it too. Nor is one undone that was done before this was broken off.
  if [[ ! -e $marker ]]; then
    ((${#asides[@]})) || fail "there is nothing to undo: no restore has moved data aside"
    echo "${asides[-1]}" >"$marker.part"
    mv "$marker.part" "$marker"
  fi
  last=$(<"$marker")
  if [[ -e $last ]]; then
    [[ ! -e $PGDATA ]] || mv -T "$PGDATA" "$PGDATA.undone-$now"
    mv -T "$last" "$PGDATA"
    echo "restore: undone, the data is that of ${last##*/} again"
  else
    echo "restore: undone, nothing is aside any more"
  fi
  [[ ! -e $PGDATA ]] || in_use_from_now
  clean
  rm -f "$marker"
  sync
  exit 0
fi

old=$PGDATA aside=''
if [[ -s $marker ]]; then
  # Moved by a restore that was broken off. What is in its place since has never been started.
  aside=$(<"$marker")
  [[ ! -e $aside ]] || old=$aside
fi
# Until the new database is in its place nothing has changed, and a failure leaves the old one free to start.
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
    kill -0 "$server" 2>/dev/null || fail "the new database does not start, see above"
    sleep 0.2
  done
  pg_restore --host=/tmp --username=postgres --dbname="$DATABASE_NAME" --jobs=2 --exit-on-error "$volume/restore-dump" ||
    fail "the dump could not be read in, see above"
else
  of_old='' state=''
  if [[ -e $old ]]; then
    of_old=$(control "$old" 'Database system identifier' 2>/dev/null || true)
    state=$(control "$old" 'Database cluster state' 2>/dev/null || true)
  fi
  # What ended in order has all of its WAL. What was brought for another restore, long ago, has not.
  if [[ ${RECEIVER:-} && "$of_old $state" != "$system shut down" && ! $time && $receiver != lost ]] &&
    [[ ! $(find "$received" -maxdepth 0 -mmin -1440 2>/dev/null) ]]; then
    fail "the old database is not there, or did not end in order: what was acknowledged last may only be at the receiver of WAL. Bring that, delete this job but not its choice, and make it again:
  kubectl -n $NAMESPACE exec $RECEIVER-0 -- tar -C /receiver -cz $system | kubectl -n $NAMESPACE exec -i deployment/$AGENT -- sh -c 'rm -rf $received $received.part && mkdir $received.part && tar -C $received.part -xz && mv -T $received.part $received'
Where deployment/$AGENT has no pod: scale PostgreSQL to 1 until it has one, then to 0 again. If the receiver is lost as well: --from-literal=receiver=lost in the choice"
  fi
  pg_verifybackup --quiet "$new" || fail "the database in backup $set is damaged, see above"
  [[ $of_old != "$system" ]] || rescue "$new" "$old"/pg_wal/*
  rescue "$new" "$received/$system"/* "$received/$system"/aside-*/*
  recover "$new" || fail "PostgreSQL could not recover backup $set, see above"
fi
sql --file="$(dirname "$0")/after-restore.sql" "$DATABASE_NAME"
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
touch /handover/restored
echo "restore: the database of backup $set is in place${aside:+, what was there is in $aside}"
used=0
for name in "${rescued[@]}"; do [[ ${name:8} > ${reached} ]] || used=$((used + 1)); done
echo "restore: $used WAL segments that were not archived yet came from the old database or the receiver"
