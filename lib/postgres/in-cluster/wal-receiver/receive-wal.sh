#!/bin/bash
# Receives WAL as it is written and confirms to PostgreSQL what is on disk. PostgreSQL acknowledges a commit only then.
#
#   receive-wal.sh        runs until it gets TERM or INT
#   receive-wal.sh ready  succeeds while everything that PostgreSQL writes arrives
#
# WAL segments of a database system are /receiver/SYSTEM/NAME, the one being written is NAME.partial. Segments of an
# abandoned timeline are moved to aside-… beside them. Only archived segments are removed.
# Environment: PGHOST PGPORT PGUSER PGDATABASE, PASSWORD_FILE, STANDBY (its name in synchronous_standby_names).
# https://www.postgresql.org/docs/17/app-pgreceivewal.html
set -euo pipefail
shopt -s nullglob
slot=receiver
# The connection to a server on a lost node ends after 40 seconds.
connection='connect_timeout=5 keepalives_idle=10 keepalives_interval=10 keepalives_count=3'

say() { echo "receive-wal: $*" >&2; }

# Read for each connection: restarting for a changed password would hold up commits, and an open connection stays
# valid.
read_password() {
  IFS= read -r -d '' PGPASSWORD <"$PASSWORD_FILE" || true
  export PGPASSWORD
}

# The owner of the database can set defaults for it, which these win over.
export PGOPTIONS='-c search_path=pg_catalog,pg_temp'
# What PostgreSQL says becomes paths and calculations, and bash would run what else it finds in those.
IS_LSN='^[0-9A-F]{1,8}/[0-9A-F]{1,8}$'

ask() { psql --no-psqlrc --no-password --tuples-only --no-align "$@"; }

identify() { # sets system, timeline, written, slot_type and received
  local answer
  answer=$(ask "$connection replication=1" --command=IDENTIFY_SYSTEM --command="READ_REPLICATION_SLOT $slot") || return 1
  {
    IFS='|' read -r system timeline written _
    IFS='|' read -r slot_type received _
  } <<<"$answer"
  [[ $system =~ ^[0-9]{1,20}$ && $timeline =~ ^[0-9]{1,10}$ && $written =~ $IS_LSN && (! $received || $received =~ $IS_LSN) ]] ||
    { say 'PostgreSQL gave an answer that is not valid'; return 1; }
}

lsn() { # 0/3000028: as a number
  echo $((16#${1%/*} << 32 | 16#${1#*/}))
}

is_ready() {
  local upto
  pgrep -x pg_receivewal >/dev/null || { say "not connected to PostgreSQL: commits wait until it is"; return 1; }
  identify || return 1
  upto=$written
  for _ in {1..20}; do
    [[ ! $received ]] || (($(lsn "$received") < $(lsn "$upto"))) || return 0
    sleep 0.2
    identify || return 1
  done
  say "WAL is written up to $upto but received only up to ${received:-(nothing yet)}: commits wait until it arrives"
  return 1
}

set_aside() { # FILE…: pg_receivewal would continue after the highest of these segments
  local aside
  (($#)) || return 0
  aside=$folder/aside-$(date -u +%Y%m%dT%H%M%SZ)
  mkdir -p "$aside"
  mv "$@" "$aside/"
  say "moved $# WAL segments that PostgreSQL does not continue from to $aside. They are never removed by themselves:" \
    "delete them once no restore needs them"
}

receive() { # until the connection ends
  local current file others=() trouble=/tmp/trouble code=0
  read_password
  identify || return 1
  folder=/receiver/$system current=$(printf '%08X' "$timeline")
  mkdir -p "$folder"
  # A short segment was created on a full volume: it holds nothing, and pg_receivewal would fail on it.
  find "$folder" -maxdepth 1 -name '*.partial' -size -16777216c -delete
  # After a restore PostgreSQL writes another timeline.
  for file in "$folder"/????????????????????????{,.partial}; do
    [[ ${file##*/} == "$current"* ]] || others+=("$file")
  done
  set_aside "${others[@]}"

  if [[ $slot_type && ! $received ]]; then
    say "PostgreSQL kept WAL for this receiver up to max_slot_wal_keep_size and then invalidated its slot. Creating a new slot;" \
      "WAL from before it is only in the archive"
    ask "$connection replication=1" --command="DROP_REPLICATION_SLOT $slot" || return 1
  fi
  # A restored database has no slot.
  pg_receivewal --dbname="$connection" --no-password --slot="$slot" --create-slot --if-not-exists || return 1
  say "receiving WAL of database system $system, timeline $timeline, from $PGHOST"
  PGAPPNAME=$STANDBY pg_receivewal --dbname="$connection" --no-password --slot="$slot" --synchronous --no-loop \
    --directory="$folder" 2>"$trouble" &
  wait $! || code=$?
  cat "$trouble" >&2
  if grep -qE 'has already been removed|ahead of the WAL flush position|not in this server.s history' "$trouble"; then
    set_aside "$folder"/????????????????????????{,.partial}
  fi
  return $code
}

remove_archived() { # segments up to the newest archived one, of its timeline: PostgreSQL archives in order
  local system newest file
  read_password
  # After a crash PostgreSQL names none until it archives the next segment.
  IFS='|' read -r system newest < <(ask "$connection" --command='SELECT system_identifier, last_archived_wal FROM pg_control_system(), pg_stat_archiver') ||
    { say "PostgreSQL did not say which WAL is archived, so no segment is removed. The next try is in a minute"; return; }
  [[ $system =~ ^[0-9]{1,20}$ && $newest =~ ^[0-9A-F]{24}$ ]] || return 0
  for file in "/receiver/$system/${newest:0:8}"????????????????; do
    [[ ${file##*/} > $newest ]] || rm -f "$file"
  done
}

warn_of_little_room() { # on a full volume, commits wait
  df -Pm /receiver | awk 'NR == 2 && $4 < $2 / 10 { print "receive-wal: WARNING: the claim of the WAL receiver has only " $4 " MiB left" }' >&2
}

if [[ ${1:-} == ready ]]; then
  read_password
  is_ready
  exit
fi

[[ -w /receiver ]] || say "the volume at /receiver cannot be written by user $(id -u) and group $(id -g): see docs/how-to/storage.md"
trap 'trap - TERM; kill $(jobs -p) 2>/dev/null; wait; exit 0' TERM INT
while sleep 60; do
  remove_archived
  warn_of_little_room
done &
failures=0
while true; do
  began=$SECONDS
  receive || true
  # Commits wait, so the first tries follow quickly. Later ones are slower, so that a lasting failure does not flood
  # the output.
  if ((SECONDS - began > 10)); then failures=0; fi
  failures=$((failures < 5 ? failures + 1 : 5))
  sleep "$failures" &
  wait $! || true
done
