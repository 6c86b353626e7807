#!/bin/bash
# Sets the passwords of the database roles from the files `owner` and `backup` of a folder: after each start, and
# whenever those change. A changed Secret therefore takes effect by itself. Open connections stay open.
#
# usage: update-roles.sh FOLDER; environment: DATABASE_USER
set -euo pipefail
folder=$1 every=${EVERY:-5} updated=''

# Passwords must not reach the server log. `local` does not wait for the synchronous WAL receiver, which may need the
# new password itself.
export PGOPTIONS='-c log_statement=none -c log_min_duration_statement=-1 -c synchronous_commit=local'

take() { # NAME FILE: byte for byte, as a variable from a Secret would be
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
  sleep "$every" &
  wait $! || true
done
