#!/bin/bash
# Restores the database of a set beside the one that is there, recovers it to the end of the log or to a point in time, and only then
# puts it in its place. What was there stays aside. The sets are never changed. Can be run again at any time.
#
# Environment: PGDATA, DATABASE_NAME DATABASE_USER DATABASE_PASSWORD BACKUP_PASSWORD.
# Mounts: /backup, the data claim, PostgreSQL's configuration, /scripts, /handover (what was restored, for the next steps), and /choice:
#   set       id of a set; without it the newest that fits
#   time      a moment such as 2026-01-31T14:05:00Z; without it the end of the log
#   timeline  number; without it the one that was in use then
#   undo      true: what was set aside comes back, and nothing is restored
#   discard   true: what earlier restores set aside is removed first
set -euo pipefail
shopt -s nullglob
# shellcheck source=lib/backups/sets.sh
source "$(dirname "$0")/sets.sh"

fail() {
  echo "restore: $*" >&2
  exit 1
}

for file in /choice/*; do
  name=$(basename "$file")
  case $name in
    set | time | timeline | undo | discard) declare "${name^^}=$(<"$file")" ;;
    *) fail "'$name' in the choice means nothing: it can hold set, time, timeline, undo and discard" ;;
  esac
done

volume=$(dirname "$PGDATA")
new=$PGDATA.restoring
now=$(date -u +%Y%m%dT%H%M%SZ)
# While it is there PostgreSQL does not start. It names where the data was moved.
marker=$volume/restore-in-progress

exec 9>/backup/lock
flock -n 9 || fail "a backup or another restore is at work: wait until it is done"

if [[ ${UNDO:-} == true ]]; then
  asides=("$PGDATA".before-restore-*)
  last=${asides[-1]:-}
  if [[ -e $marker ]]; then last=$(<"$marker"); fi
  if [[ -e $last ]]; then
    [[ ! -e $PGDATA ]] || mv -T "$PGDATA" "$PGDATA.undone-$now"
    mv -T "$last" "$PGDATA"
    in_use_from_now "$PGDATA"
    echo "restore: undone, the data is that of ${last##*/} again"
  else
    [[ -e $marker ]] || fail "there is nothing to undo: no restore has moved data aside"
    echo "restore: undone, nothing had been moved"
  fi
  rm -rf "$new" "$marker"
  sync
  exit 0
fi

trap 'echo "restore: the database is as it was" >&2' EXIT
choose_set
set=$sets/$chosen
echo "restore: set $chosen, to ${TIME:-the end of the log} on timeline $timeline"

was_broken_off='' aside='' old=$PGDATA
if [[ -e $marker ]]; then
  was_broken_off=true
  # Moved by the restore that was broken off. What is in its place since has never been started.
  aside=$(<"$marker")
  [[ ! -e $aside ]] || old=$aside
fi
# Until the new database is in its place nothing has changed, and a failure leaves the old one free to start.
server=''
give_up() {
  if [[ $server ]]; then
    kill -QUIT "$server" 2>/dev/null || true
    wait "$server" || true
  fi
  rm -rf "$new" || true
  [[ $was_broken_off ]] || rm -f "$marker"
  echo "restore: the database is as it was" >&2
}
trap give_up EXIT
[[ $was_broken_off ]] || touch "$marker"

[[ $(sha256sum "$set/SHA256SUMS" | cut -d' ' -f1) == "$(value "$chosen" checksums)" ]] || fail "set $chosen is damaged: its list of checksums has changed"
damaged=$(cd "$set" && sha256sum -c SHA256SUMS 2>/dev/null | sed -n 's/: FAILED.*//p') || true
if grep -qv '^media/' <<<"${damaged:-media/}"; then fail "set $chosen is damaged; there are: ${known[*]}"$'\n'"$damaged"; fi
# A file that somebody sent must not keep all messages away.
sed -n 's,^media/,./,p' <<<"$damaged" >/handover/damaged-media
pg_verifybackup --quiet "$set/base" || fail "the database in set $chosen is damaged, see above; there are: ${known[*]}"

if [[ ${DISCARD:-} == true && ! -e $aside ]]; then rm -rf "$PGDATA".before-restore-* "$PGDATA".undone-*; fi
rm -rf "$new"
need=$(($(du -sk "$set/base" | cut -f1) + 1048576))
free=$(df -Pk "$volume" | awk 'NR == 2 {print $4}')
((free > need)) || fail "the data volume has $free KiB free, the restore needs $need: enlarge the claim, or add --from-literal=discard=true to the choice to remove$(printf ' %s' "$PGDATA".before-restore-*)"

cp -R "$set/base" "$new"
chmod 0700 "$new"
touch "$new/recovery.signal"
# Log that was written but not archived when the old database ended is in its folder still: the last minute of messages.
rescued=()
other_system=$(control "$old" 'Database system identifier' 2>/dev/null) || true
for file in "$old"/pg_wal/*; do
  name=$(basename "$file")
  [[ ! $other_system || $wal == */$other_system ]] || break
  if [[ $name =~ ^[0-9A-F]{24}$ && ! -e $wal/$name.gz && ! -e $new/pg_wal/$name ]]; then
    cp "$file" "$new/pg_wal/"
    rescued+=("$name")
  fi
done

options=(
  -c config_file=/etc/postgresql/postgresql.conf -c listen_addresses= -c unix_socket_directories=/tmp
  # Nobody may look before the end, and a smaller max_connections than in the log must not stop it.
  -c hot_standby=off
  # No log is archived before the restore is done: a second try must not find traces of the first.
  -c archive_mode=off
  # A file that is not there ends recovery; one that cannot be read stops it (a code above 125).
  -c "restore_command=test -e $wal/%f.gz || exit 1; gzip -dc $wal/%f.gz >%p || exit 200"
  -c "recovery_target_timeline=$timeline"
)
# PostgreSQL knows no 'Z' while it reads its settings.
if [[ ${TIME:-} ]]; then options+=(-c "recovery_target_time=$(tr TZ ' ' <<<"$TIME")+00" -c recovery_target_action=promote); fi
sql() { psql --host=/tmp --username=postgres --no-psqlrc --set=ON_ERROR_STOP=1 --quiet --tuples-only --no-align "$@"; }

postgres -D "$new" "${options[@]}" &
server=$!
until [[ $(control "$new" 'Database cluster state') == 'in production' ]] && sql --command='SELECT 1' postgres >/dev/null 2>&1; do
  kill -0 $server 2>/dev/null || fail "PostgreSQL could not recover set $chosen, see above"
  sleep 0.2
done

reached=$(sql --command='SELECT substr(pg_walfile_name(pg_last_wal_replay_lsn()), 9)' postgres)
if [[ ! ${TIME:-} ]]; then
  # A gap ends recovery as the end does: the newest file of the archive must have been reached.
  newest=$(cd "$wal" && printf '%s\n' "$(printf '%08X' "$timeline")"????????????????.gz | tail -n 1)
  [[ ! ${newest:8:16} > $reached ]] ||
    fail "log is missing between $reached and ${newest:8:16} in $wal: choose a time before, or another set of ${known[*]}"
fi

sql --file="$(dirname "$0")/after-restore.sql" "$DATABASE_NAME"
kill -INT $server
wait $server || fail "PostgreSQL did not stop as it should, see above"

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
in_use_from_now "$PGDATA"
sync
install -m 0644 "$set/signing.key" /handover/signing.key
echo "$chosen" >/handover/set
echo "restore: the database of set $chosen is in place${aside:+, what was there is in $aside}"
echo "restore: ${#rescued[@]} files of log came from there, which were not archived yet"
