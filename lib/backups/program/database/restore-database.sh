#!/bin/bash
# Second step of a restore: makes the database beside the one that is there, and only then puts it in its place.
# What was there stays aside. Can be run again at any time.
#
# Environment: PGDATA, DATABASE_NAME DATABASE_USER, NAMESPACE AGENT, and RECEIVER where log is received synchronously.
# Mounts: the data claim, /backup, PostgreSQL's configuration, /handover.
set -euo pipefail
shopt -s nullglob

fail() {
  echo "restore: $*" >&2
  exit 1
}

# shellcheck source=lib/backups/scripts/recover.sh
source "$(dirname "$0")/recover.sh"

volume=$(dirname "$PGDATA")
new=$PGDATA.restoring
now=$(date -u +%Y%m%dT%H%M%SZ)
marker=$volume/restore-in-progress
# The receiver's claim may be on a node where that of the database cannot be: its log is brought here when it is needed.
received=/backup/receiver

exec 9>>/backup/staging.lock
flock -n 9 || fail "a backup or another restore is at work: wait until it is done"

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

# Log that was written but not archived when the old database ended, in its own folder or brought from a synchronous receiver.
rescued=()
waits() { # FILE NAME: whether it waits to be written, as up to 1 GiB of them do: then its first page says that it is an earlier one
  local page
  page=$(od -An -tx1 -j8 -N8 "$1" | tr -d ' \n')
  # The lowest byte first.
  [[ $page && ${page^^} != "000000${2:22:2}${2:14:2}${2:12:2}${2:10:2}${2:8:2}" ]]
}
rescue() { # FILE…
  local file name first
  first=$(sed -n 's/^START WAL LOCATION: .*(file \([0-9A-F]*\))$/\1/p' "$new/backup_label")
  for file in "$@"; do
    name=$(basename "$file" .partial)
    # A shorter one was begun on a full volume and holds nothing.
    if [[ $name =~ ^[0-9A-F]{24}$ && ! ${name:8} < ${first:8} && $(stat -c %s "$file") == 16777216 && ! -e $new/pg_wal/$name ]] &&
      ! waits "$file" "$name" && ! archived "$name"; then
      cp "$file" "$new/pg_wal/$name"
      rescued+=("$name")
    fi
  done
}

if [[ $action == dump ]]; then
  PGDATA=$new /bin/bash /etc/postgresql/make-database.sh
  start "$new"
  until sql --command='SELECT 1' postgres >/dev/null 2>&1; do
    kill -0 "$server" 2>/dev/null || fail "the new database does not start, see above"
    sleep 0.2
  done
  pg_restore --host=/tmp --username=postgres --dbname="$DATABASE_NAME" --jobs=2 --exit-on-error "$volume/restore-dump" ||
    fail "the logical copy could not be read in, see above"
else
  of_old='' state=''
  if [[ -e $old ]]; then
    of_old=$(control "$old" 'Database system identifier' 2>/dev/null || true)
    state=$(control "$old" 'Database cluster state' 2>/dev/null || true)
  fi
  # What ended in order has all of its log. What was brought for another restore, long ago, has not.
  if [[ ${RECEIVER:-} && "$of_old $state" != "$system shut down" && ! $time && $receiver != lost ]] &&
    [[ ! $(find "$received" -maxdepth 0 -mmin -1440 2>/dev/null) ]]; then
    fail "the old database is not there, or did not end in order: what was acknowledged last may be at the receiver of log alone. Bring that, delete this job but not its choice, and make it again:
  kubectl -n $NAMESPACE exec $RECEIVER-0 -- tar -C /receiver -cz $system | kubectl -n $NAMESPACE exec -i deployment/$AGENT -- sh -c 'rm -rf $received $received.part && mkdir $received.part && tar -C $received.part -xz && mv -T $received.part $received'
Where deployment/$AGENT has no pod: scale PostgreSQL to 1 until it has one, then to 0 again. If the receiver is lost as well: --from-literal=receiver=lost in the choice"
  fi
  pg_verifybackup --quiet "$new" || fail "the database in set $set is damaged, see above"
  [[ $of_old != "$system" ]] || rescue "$old"/pg_wal/*
  rescue "$received/$system"/* "$received/$system"/aside-*/*
  recover "$new" || fail "PostgreSQL could not recover set $set, see above"
fi
sql --file="$(dirname "$0")/after-restore.sql" "$DATABASE_NAME"
finish

if [[ $action == restore ]]; then
  # What lies in the log's folder goes to the archive as soon as PostgreSQL runs: the new timeline's history, and whole files.
  # Files from the current one on are half written, or old ones with a new name.
  current=$(control "$new" "Latest checkpoint's REDO WAL file")
  touch "$new/pg_wal/archive_status/$(printf '%08X' "$(control "$new" "Latest checkpoint's TimeLineID")").history.ready"
  for name in "${rescued[@]}" $(cd "$new/pg_wal" && echo "${current:0:8}"????????????????); do
    if [[ ${name:8} < ${reached} || ($name == "${current:0:8}"* && $name < $current) ]]; then
      touch "$new/pg_wal/archive_status/$name.ready"
    elif [[ $name != "${current:0:8}"* ]]; then
      rm -f "$new/pg_wal/$name"
    fi
  done
fi
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
echo "restore: the database of set $set is in place${aside:+, what was there is in $aside}"
used=0
for name in "${rescued[@]}"; do [[ ${name:8} > ${reached} ]] || used=$((used + 1)); done
echo "restore: $used files of log that were not archived yet came from the old database or the receiver"
