#!/bin/bash
# Sets the passwords of the database roles from the files `owner` and `backup` of a folder: after each start, and
# whenever those change. A changed Secret therefore takes effect by itself. Open connections stay open.
#
# It also notes the room on the claim of the database, for the metrics of the backup agent. With METRICS_DATABASE, a role
# `metrics` may read the statistics of that database.
#
# usage: update-roles.sh FOLDER; environment: DATABASE_USER, VOLUME (of the database), METRICS (folder; none: not noted),
# METRICS_DATABASE (none: no such role)
set -euo pipefail
folder=$1 every=${EVERY:-5} updated='' due=0

# Passwords must not reach the server log. `local` does not wait for the synchronous WAL receiver, which may need the
# new password itself.
export PGOPTIONS='-c log_statement=none -c log_min_duration_statement=-1 -c synchronous_commit=local -c standard_conforming_strings=on'

quoted() { # FILE: its text as a literal of SQL. It goes to psql by a pipe: the environment is for all to read.
  local text
  IFS= read -r -d '' text <"$folder/$1" || true
  printf "'%s'" "${text//\'/\'\'}"
}

update() {
  pg_isready --quiet || return 1
  {
    echo '\getenv owner DATABASE_USER'
    echo "ALTER ROLE :\"owner\" PASSWORD $(quoted owner);"
    echo "ALTER ROLE backup PASSWORD $(quoted backup);"
    cat <<'SQL'
\getenv database METRICS_DATABASE
\if :{?database}
  SELECT 'CREATE ROLE metrics' WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'metrics') \gexec
  ALTER ROLE metrics LOGIN CONNECTION LIMIT 4 PASSWORD NULL;
  ALTER ROLE metrics SET statement_timeout = '5s';
  GRANT pg_monitor TO metrics;
  GRANT CONNECT ON DATABASE :"database" TO metrics;
\endif
SQL
  } | psql --username=postgres --no-psqlrc --set=ON_ERROR_STOP=1 --quiet --single-transaction postgres
}

note_room() { # https://prometheus.io/docs/instrumenting/exposition_formats/#text-based-format
  local size free file=$METRICS/database_volume.prom
  read -r size free < <(df -Pk "$VOLUME" | awk 'NR == 2 { printf "%.0f %.0f\n", $2 * 1024, $4 * 1024 }')
  mkdir -p "$METRICS"
  {
    echo '# HELP matrix_database_volume_free_bytes free room on the claim of the database'
    echo '# TYPE matrix_database_volume_free_bytes gauge'
    echo "matrix_database_volume_free_bytes $free"
    echo '# HELP matrix_database_volume_size_bytes size of the claim of the database'
    echo '# TYPE matrix_database_volume_size_bytes gauge'
    echo "matrix_database_volume_size_bytes $size"
  } >"$METRICS/.database_volume.prom"
  mv "$METRICS/.database_volume.prom" "$file"
}

# The first process of a container ignores signals that it does not handle. This image stops its containers with INT.
trap 'exit 0' TERM INT
# Short pauses: a new system waits for its first passwords.
until pg_isready --quiet; do
  sleep 0.5 &
  wait $! || true
done
while true; do
  found=$(sha256sum "$folder"/*)
  if [[ $found != "$updated" ]] && update; then
    updated=$found
    echo 'update-roles: the passwords of the database roles match the Secrets'
  fi
  if [[ ${METRICS:-} ]] && ((SECONDS >= due)); then
    # A full backup claim must not keep passwords from being set.
    note_room 2>/dev/null || true
    due=$((SECONDS + 60))
  fi
  sleep "$every" &
  wait $! || true
done
