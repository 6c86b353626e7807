#!/bin/bash
# Receives write-ahead log as it is written and tells PostgreSQL what of it is on disk: only then a commit is acknowledged.
#
#   receive-wal.sh        until it is told to end
#   receive-wal.sh ready  succeeds while all that PostgreSQL has written arrives
#
# The log of a database system is in /receiver/SYSTEM/NAME, the file being written in NAME.partial; what a restore has left behind
# in aside-… beside it. A file that has been archived is removed, and no other.
# Environment: PGHOST PGPORT PGUSER PGDATABASE, PASSWORD_FILE, STANDBY (our name in synchronous_standby_names).
# https://www.postgresql.org/docs/17/app-pgreceivewal.html
set -euo pipefail
shopt -s nullglob
slot=receiver
# A server whose node is lost says nothing: its connection is given up after 40 seconds.
connection='connect_timeout=5 keepalives_idle=10 keepalives_interval=10 keepalives_count=3'

say() { echo "receive-wal: $*" >&2; }

# The one of now: to start anew for another one would hold up commits, and the connection lives on.
read_password() {
  IFS= read -r -d '' PGPASSWORD <"$PASSWORD_FILE" || true
  export PGPASSWORD
}

ask() { psql --no-psqlrc --no-password --tuples-only --no-align "$@"; }

identify() { # sets system, timeline, written, slot_type and received
  local answer
  answer=$(ask "$connection replication=1" --command=IDENTIFY_SYSTEM --command="READ_REPLICATION_SLOT $slot") || return 1
  {
    IFS='|' read -r system timeline written _
    IFS='|' read -r slot_type received _
  } <<<"$answer"
}

lsn() { # 0/3000028: as a number
  echo $((16#${1%/*} << 32 | 16#${1#*/}))
}

is_ready() {
  local upto
  pgrep -x pg_receivewal >/dev/null || { say "not connected: commits wait"; return 1; }
  identify || return 1
  upto=$written
  for _ in {1..20}; do
    [[ ! $received ]] || (($(lsn "$received") < $(lsn "$upto"))) || return 0
    sleep 0.2
    identify || return 1
  done
  say "$upto is written and has not arrived, ${received:-nothing} has: commits wait"
  return 1
}

set_aside() { # FILE...: pg_receivewal would go on after the highest of them
  local aside
  (($#)) || return 0
  aside=$folder/aside-$(date -u +%Y%m%dT%H%M%SZ)
  mkdir -p "$aside"
  mv "$@" "$aside/"
  say "$# files that the log does not go on from are in $aside; they are kept until somebody removes them"
}

receive() { # until the connection ends
  local current file others=() trouble=/tmp/trouble code=0
  read_password
  identify || return 1
  folder=/receiver/$system current=$(printf '%08X' "$timeline")
  mkdir -p "$folder"
  # The volume was full when it was begun: nothing is in it, and pg_receivewal would stumble over it.
  find "$folder" -maxdepth 1 -name '*.partial' -size -16777216c -delete
  # A restore went on in another timeline.
  for file in "$folder"/????????????????????????{,.partial}; do
    [[ ${file##*/} == "$current"* ]] || others+=("$file")
  done
  set_aside "${others[@]}"

  if [[ $slot_type && ! $received ]]; then
    say "PostgreSQL kept log for us up to max_slot_wal_keep_size and then gave up the slot: a new one is made"
    ask "$connection replication=1" --command="DROP_REPLICATION_SLOT $slot" || return 1
  fi
  # A restored database has none.
  pg_receivewal --dbname="$connection" --no-password --slot="$slot" --create-slot --if-not-exists || return 1
  say "log of system $system, timeline $timeline, comes from $PGHOST"
  PGAPPNAME=$STANDBY pg_receivewal --dbname="$connection" --no-password --slot="$slot" --synchronous --no-loop \
    --directory="$folder" 2>"$trouble" &
  wait $! || code=$?
  cat "$trouble" >&2
  if grep -qE 'has already been removed|ahead of the WAL flush position|not in this server.s history' "$trouble"; then
    set_aside "$folder"/????????????????????????{,.partial}
  fi
  return $code
}

remove_archived() { # of the timeline of the newest archived file, up to that: they are archived in order
  local system newest file
  read_password
  # After a crash PostgreSQL does not know, until it archives the next file.
  IFS='|' read -r system newest < <(ask "$connection" --command='SELECT system_identifier, last_archived_wal FROM pg_control_system(), pg_stat_archiver') ||
    { say "what is archived cannot be asked for, so nothing is removed"; return; }
  [[ $newest =~ ^[0-9A-F]{24}$ ]] || return 0
  for file in "/receiver/$system/${newest:0:8}"????????????????; do
    [[ ${file##*/} > $newest ]] || rm -f "$file"
  done
}

if [[ ${1:-} == ready ]]; then
  read_password
  is_ready
  exit
fi

trap 'trap - TERM; kill $(jobs -p) 2>/dev/null; wait; exit 0' TERM INT
while sleep 60; do remove_archived; done &
failures=0
while true; do
  began=$SECONDS
  receive || true
  # Each second counts after a restart of PostgreSQL: commits wait. A trouble that lasts need not fill the log.
  if ((SECONDS - began > 10)); then failures=0; fi
  failures=$((failures < 5 ? failures + 1 : 5))
  sleep "$failures" &
  wait $! || true
done
