# shellcheck shell=bash disable=SC2034
# Recovers a database from fetched files, as planned in /handover/plan. The scripts that source this define `fail`.
# Code in that database may run here: these containers hold no Secrets, and of the claims only what they need.
action='' set='' system='' data='' timeline='' time='' logs='' receiver='' reached=''
while IFS='=' read -r name value; do
  case $name in
    action | set | system | data | timeline | time | logs | receiver) printf -v "$name" %s "$value" ;;
    secrets) ;;
    *) fail "the plan has an unknown '$name': run this job again" ;;
  esac
done </handover/plan

# These win over what the owner of a database, or a role, has set as a default.
export PGOPTIONS='-c search_path=pg_catalog,pg_temp -c row_security=off -c default_transaction_read_only=off'

sql() { # of the superuser: for `postgres` and the catalogs only, because the owner of a database can put code into it
  psql --host=/tmp --username=postgres --no-psqlrc --set=ON_ERROR_STOP=1 --quiet --tuples-only --no-align "$@"
}

owner_sql() { # has no more rights than code in the database
  psql --host=/tmp --username="$DATABASE_USER" --no-psqlrc --set=ON_ERROR_STOP=1 --quiet --tuples-only --no-align "$@" "$DATABASE_NAME"
}

control() { # FOLDER KEY: a value from the control file of a database
  pg_controldata --pgdata="$1" | sed -n "s/^$2: *//p"
}

archived() { # NAME: succeeds when the segment is in a folder that recovery reads
  local folder
  for folder in $logs; do
    [[ ! -f $folder/${1:0:16}/$1.gz || -L $folder/${1:0:16}/$1.gz ]] || return 0
  done
  return 1
}

# No code of the database runs by itself, whatever it is set to.
HARMLESS=(-c event_triggers=off -c archive_cleanup_command= -c recovery_end_command= -c shared_preload_libraries=
  -c session_preload_libraries= -c local_preload_libraries=)
server=''
start() { # DATA OPTION…
  local data=$1
  shift
  # Neither a smaller max_connections than in the WAL nor a missing synchronous WAL receiver may stop recovery.
  postgres -D "$data" -c config_file=/etc/postgresql/postgresql.conf -c listen_addresses= -c unix_socket_directories=/tmp \
    -c hot_standby=off -c archive_mode=off -c synchronous_standby_names= "${HARMLESS[@]}" "$@" &
  server=$!
}

finish() { # shuts the server down cleanly
  kill -INT "$server"
  wait "$server" || fail "PostgreSQL did not shut down cleanly, see the lines above"
  server=''
}

# DATA: recovers a base backup to $time, or to the end of the WAL. `reached` is then the last segment that was read.
# Fails when PostgreSQL does; the caller may try again. No WAL is archived before the restore is done, so a second try
# finds no traces of the first.
recover() {
  local folder name newest options=() data=$1
  touch "$data/recovery.signal"
  # PostgreSQL does not understand 'Z' when it reads its settings.
  if [[ $time ]]; then options=(-c "recovery_target_time=$(tr TZ ' ' <<<"$time")+00" -c recovery_target_action=promote); fi
  start "$data" -c "restore_command=/bin/bash $(dirname "${BASH_SOURCE[0]}")/fetch-wal.sh %f %p $logs" -c "recovery_target_timeline=$timeline" "${options[@]}"
  until [[ $(control "$data" 'Database cluster state') == 'in production' ]] && sql --command='SELECT 1' postgres >/dev/null 2>&1; do
    if ! kill -0 "$server" 2>/dev/null; then
      [[ ! $time ]] || echo "recovery of $set to $time failed. If PostgreSQL says that it ended before the target, nothing was written after that time" >&2
      return 1
    fi
    sleep 0.2
  done
  reached=$(sql --command='SELECT substr(pg_walfile_name(pg_last_wal_replay_lsn()), 9)' postgres)
  [[ ! $time ]] || return 0
  # A gap in the WAL ends recovery just as its end does, so the newest segment must have been reached.
  newest=''
  for folder in $logs; do
    for name in "$folder/$(printf '%08X' "$timeline")"*/*.gz; do
      # What PostgreSQL could leave there, broken into, is not WAL, and must not look like a gap.
      [[ -f $name && ! -L $name ]] || continue
      name=$(basename "$name" .gz)
      [[ ! ${name:8} > ${newest:8} ]] || newest=$name
    done
  done
  [[ ! ${newest:8} > $reached ]] || fail "WAL is missing between segments $reached and ${newest:8}: choose a time= before the gap, or another backup with set="
}
