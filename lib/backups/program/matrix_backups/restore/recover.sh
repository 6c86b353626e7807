# shellcheck shell=bash disable=SC2034
# Makes a database of what was fetched, as /handover/plan says. For the scripts beside it, which define `fail`.
action='' set='' system='' data='' timeline='' time='' logs='' receiver='' reached=''
# shellcheck source=/dev/null
source /handover/plan

sql() { psql --host=/tmp --username=postgres --no-psqlrc --set=ON_ERROR_STOP=1 --quiet --tuples-only --no-align "$@"; }

control() { # FOLDER KEY: what a database says of itself
  pg_controldata --pgdata="$1" | sed -n "s/^$2: *//p"
}

archived() { # NAME: whether the segment is in a folder that recovery reads
  local folder
  for folder in $logs; do
    [[ ! -e $folder/${1:0:16}/$1.gz ]] || return 0
  done
  return 1
}

server=''
start() { # DATA OPTION…
  local data=$1
  shift
  # A smaller max_connections than in the WAL must not stop it, nor a receiver of WAL that is not there.
  postgres -D "$data" -c config_file=/etc/postgresql/postgresql.conf -c listen_addresses= -c unix_socket_directories=/tmp \
    -c hot_standby=off -c archive_mode=off -c synchronous_standby_names= "$@" &
  server=$!
}

finish() { # stops it in order
  kill -INT "$server"
  wait "$server" || fail "PostgreSQL did not stop as it should, see above"
  server=''
}

# DATA: recovers a base backup to the end of the WAL or to $time. `reached` is then the last segment that was read.
# Fails when PostgreSQL does; a caller may try again. No WAL is archived before the restore is done: a second try must not find traces of the first.
recover() {
  local folder name newest options=() data=$1
  touch "$data/recovery.signal"
  # PostgreSQL knows no 'Z' while it reads its settings.
  if [[ $time ]]; then options=(-c "recovery_target_time=$(tr TZ ' ' <<<"$time")+00" -c recovery_target_action=promote); fi
  start "$data" -c "restore_command=/bin/bash $(dirname "${BASH_SOURCE[0]}")/fetch-wal.sh %f %p $logs" -c "recovery_target_timeline=$timeline" "${options[@]}"
  until [[ $(control "$data" 'Database cluster state') == 'in production' ]] && sql --command='SELECT 1' postgres >/dev/null 2>&1; do
    if ! kill -0 "$server" 2>/dev/null; then
      [[ ! $time ]] || echo "$set: if recovery ended before its target, nothing was written after $time" >&2
      return 1
    fi
    sleep 0.2
  done
  reached=$(sql --command='SELECT substr(pg_walfile_name(pg_last_wal_replay_lsn()), 9)' postgres)
  [[ ! $time ]] || return 0
  # A gap ends recovery as the end does: the newest segment must have been reached.
  newest=''
  for folder in $logs; do
    for name in "$folder/$(printf '%08X' "$timeline")"*/*.gz; do
      name=$(basename "$name" .gz)
      [[ ! ${name:8} > ${newest:8} ]] || newest=$name
    done
  done
  [[ ! ${newest:8} > $reached ]] || fail "WAL is missing between $reached and ${newest:8}: choose a time before, or another backup"
}
