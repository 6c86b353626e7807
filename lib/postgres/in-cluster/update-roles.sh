#!/bin/bash
# Gives the roles of the database the passwords in the files `owner` and `backup` of a folder: after each start, and whenever those
# change. So whoever changes the Secret has nothing else to do. Open connections live on.
#
# usage: update-roles.sh FOLDER; environment: DATABASE_USER
set -euo pipefail
folder=$1 every=${EVERY:-5} updated=''

# Not in the log. Nor does it wait for a synchronous receiver, which may itself be waiting for its new password.
export PGOPTIONS='-c log_statement=none -c log_min_duration_statement=-1 -c synchronous_commit=local'

take() { # NAME FILE: exactly as a variable from a Secret has it
  IFS= read -r -d '' "$1" <"$folder/$2" || true
  export "${1?}"
}

update() {
  pg_isready --quiet || return 1
  take OWNER_PASSWORD owner
  take BACKUP_PASSWORD backup
  psql --username=postgres --no-psqlrc --set=ON_ERROR_STOP=1 --quiet --single-transaction postgres <<'SQL'
\getenv owner DATABASE_USER
\getenv owner_password OWNER_PASSWORD
\getenv backup_password BACKUP_PASSWORD
ALTER ROLE :"owner" PASSWORD :'owner_password';
ALTER ROLE backup PASSWORD :'backup_password';
SQL
}

# The first process of a container is not ended by a signal that it does not handle, and this image's own is INT.
trap 'exit 0' TERM INT
# A new system waits for this.
until pg_isready --quiet; do
  sleep 0.5 &
  wait $! || true
done
while true; do
  found=$(sha256sum "$folder"/*)
  if [[ $found != "$updated" ]] && update; then
    updated=$found
    echo 'update-roles: the database has the passwords of the Secrets'
  fi
  sleep "$every" &
  wait $! || true
done
