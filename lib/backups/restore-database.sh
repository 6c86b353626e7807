#!/bin/bash
# Restores the database of a set, and recovers it to the end of the archived log or to a point in time.
# The data that is there now is moved aside, and comes back by hand if need be; the set is never changed. Can be run again at any time.
#
# Environment: PGDATA, SET (id, or empty for the newest), TIME (such as 2026-01-31T14:05:00Z, or empty for the end), TIMELINE
# (or empty for the latest), DATABASE_NAME DATABASE_USER DATABASE_PASSWORD BACKUP_PASSWORD.
# Mounts: /backup, the data claim, PostgreSQL's configuration, /work (which set, for the next step).
set -euo pipefail

fail() {
  echo "restore: $*" >&2
  exit 1
}

sets=/backup/sets
volume=$(dirname "$PGDATA")
new=$PGDATA.restoring
aside=$PGDATA.before-restore

exec 9>/backup/lock
flock -n 9 || fail "a backup is at work: wait until it is done"

value() { sed -n "s/.*\"$2\": \"\{0,1\}\([^\",]*\)\"\{0,1\},\{0,1\}$/\1/p" "$sets/$1/manifest.json"; }

# The choice
target=${TIME:-}
# PostgreSQL knows no 'Z' while it reads its settings.
moment=${target/T/ } moment=${moment%Z}
if [[ $target ]] && ! { [[ $target =~ ^[0-9-]{10}T[0-9:]{8}Z$ ]] && date -u -d "$moment" >/dev/null 2>&1; }; then
  fail "time '$target' is none: write it in UTC, as 2026-01-31T14:05:00Z"
fi
chosen=
known=()
for folder in "$sets"/[0-9]*; do
  [[ -s $folder/manifest.json ]] || continue
  id=$(basename "$folder")
  known+=("$id")
  if [[ ${SET:-} ]]; then
    [[ $id == "$SET" ]] && chosen=$id
  elif [[ -z $target || ! $(value "$id" finished) > $target ]]; then
    chosen=$id
  fi
done
[[ $chosen ]] || fail "there is no set ${SET:-}${target:+ that was finished before $target}; there are: ${known[*]:-none at all}"
set=$sets/$chosen
wal=/backup/wal/$(value "$chosen" systemIdentifier)
echo "restore: set $chosen, to ${target:-the end of the archived log}"

# Is it whole?
[[ $(sha256sum "$set/SHA256SUMS" | cut -d' ' -f1) == "$(value "$chosen" checksums)" ]] || fail "set $chosen is damaged: its list of checksums has changed"
(cd "$set" && sha256sum -c SHA256SUMS >/tmp/sums 2>&1) || fail "set $chosen is damaged: $(grep -v ': OK$' /tmp/sums | head -5 | tr '\n' ' ')"
pg_verifybackup --quiet "$set/base" || fail "the database in set $chosen is damaged, see above; choose another set: ${known[*]}"

# From here on PostgreSQL does not start before a restore has come to its end.
touch "$volume/restore-in-progress"
rm -rf "$new"
if [[ -e $PGDATA ]]; then
  rm -rf "$aside"
  mv -T "$PGDATA" "$aside"
  echo "restore: what was there is now in $aside"
fi
need=$(du -sk "$set/base" | cut -f1)
free=$(df -Pk "$volume" | awk 'NR == 2 {print $4}')
((free > need)) || fail "the data volume has $free KiB free, the set needs $need: enlarge the claim, or remove $aside"
cp -R "$set/base" "$new"
chmod 0700 "$new"
touch "$new/recovery.signal"

options=(
  -c config_file=/etc/postgresql/postgresql.conf -c listen_addresses= -c unix_socket_directories=/tmp
  # No log is archived before the restore is done: a second try must not find traces of the first.
  -c archive_mode=off
  # A file that is not there ends recovery; one that cannot be read stops it (a code above 125).
  -c "restore_command=test -e $wal/%f.zst || exit 1; zstd -dcq $wal/%f.zst >%p || exit 200" -c "recovery_target_timeline=${TIMELINE:-latest}"
)
if [[ $target ]]; then
  options+=(-c "recovery_target_time=$moment+00" -c recovery_target_action=promote)
fi
sql() { psql --host=/tmp --username=postgres --no-psqlrc --set=ON_ERROR_STOP=1 --quiet --tuples-only --no-align "$@"; }

postgres -D "$new" "${options[@]}" &
server=$!
for (( ; ; )); do
  kill -0 $server 2>/dev/null || fail "PostgreSQL could not recover set $chosen, see above"
  if [[ $(sql --command='SELECT pg_is_in_recovery()' postgres 2>/dev/null) == f ]]; then break; fi
  sleep 0.2
done

if [[ ! $target ]]; then
  # A gap ends recovery as the end does: the newest file of the archive must have been reached.
  newest=$(cd "$wal" && for file in *.zst; do echo "$file"; done | sed -n 's/^\([0-9A-F]\{8\}\)\([0-9A-F]\{16\}\)\.zst$/\1 \2/p' | sort | tail -n 1 | cut -d' ' -f2)
  reached=$(sql --command='SELECT substr(pg_walfile_name(pg_last_wal_replay_lsn()), 9)' postgres)
  [[ ! $newest > $reached ]] ||
    fail "log is missing between $reached and $newest in $wal: choose an earlier time, or another set"
fi

# Keys handed out since the set was made must not be handed out again: messages would be unreadable.
sql "$DATABASE_NAME" <<'SQL'
\getenv owner DATABASE_USER
\getenv password DATABASE_PASSWORD
\getenv backup_password BACKUP_PASSWORD
SELECT to_regclass('e2e_one_time_keys_json') IS NOT NULL AS synapse \gset
\if :synapse
  TRUNCATE e2e_one_time_keys_json;
\endif
-- The Secrets of this cluster may be others than when the set was made.
ALTER ROLE :"owner" PASSWORD :'password';
ALTER ROLE backup PASSWORD :'backup_password';
SQL
echo "restore: the database is at $(sql --command="SELECT coalesce(max(to_timestamp(received_ts / 1000))::text, 'its beginning') FROM events" "$DATABASE_NAME" 2>/dev/null || echo 'its beginning') (the latest event)"
kill -INT $server
wait $server || fail "PostgreSQL did not stop as it should, see above"

# What recovery wrote goes to the archive as soon as PostgreSQL runs: the history of the new timeline, and its first whole files.
timeline=$(pg_controldata --pgdata="$new" | sed -n "s/^Latest checkpoint's TimeLineID: *//p")
branch=$(printf '%08X' "$timeline")
current=$(pg_controldata --pgdata="$new" | sed -n "s/^Latest checkpoint's REDO WAL file: *//p")
for file in "$new/pg_wal/$branch.history" "$new/pg_wal/$branch"????????????????; do
  name=$(basename "$file")
  # Files from the current one on are not written yet, or old ones with a new name.
  if [[ -e $file && ($name == *.history || $name < $current) ]]; then
    touch "$new/pg_wal/archive_status/$name.ready"
  fi
done
sync
mv -T "$new" "$PGDATA"
sync
echo "$chosen" >/work/set
install -m 0644 "$set/signing.key" /work/signing.key
