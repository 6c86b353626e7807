#!/bin/bash
# Makes the database when there is none: complete, or not at all. Runs before every start of PostgreSQL.
set -euo pipefail

fail() {
  echo "initialise: $*" >&2
  exit 1
}

volume=$(dirname "$PGDATA")

if [[ -e $volume/restore-in-progress ]]; then
  fail "a restore is under way or was broken off. Let it finish, run it again, or undo it: README, Backup and restore"
fi

if [[ -s $PGDATA/PG_VERSION ]]; then
  found=$(<"$PGDATA/PG_VERSION")
  [[ $found == "$PG_MAJOR" ]] ||
    fail "the volume holds a database of PostgreSQL $found, this is $PG_MAJOR: dump it with $found and restore the dump here, or set the image back"
  # fsGroup may have widened it, and PostgreSQL insists.
  chmod 0700 "$PGDATA"
  exit 0
fi

if compgen -G "/backup/sets/[0-9]*" >/dev/null; then
  fail "the data volume is empty, but there are backups on the backup volume. Restore one: README, Backup and restore." \
    "An empty database in its place would look like loss to everybody. To begin with nothing, delete the backup claim too."
fi

new=$PGDATA.new
rm -rf "$new"
initdb --pgdata="$new" --username=postgres --encoding=UTF8 --locale=C --data-checksums --auth-local=trust --auth-host=reject
pg_ctl --pgdata="$new" --wait start -o "-c listen_addresses='' -c unix_socket_directories=/tmp -c password_encryption=scram-sha-256 -c log_min_error_statement=panic"
psql --host=/tmp --username=postgres --no-psqlrc --set=ON_ERROR_STOP=1 --quiet postgres <<'SQL'
\getenv database DATABASE_NAME
\getenv owner DATABASE_USER
\getenv password DATABASE_PASSWORD
\getenv backup_password BACKUP_PASSWORD
CREATE ROLE :"owner" LOGIN PASSWORD :'password';
CREATE ROLE backup LOGIN REPLICATION PASSWORD :'backup_password';
CREATE DATABASE :"database" OWNER :"owner" TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C';
REVOKE CONNECT ON DATABASE :"database", postgres FROM PUBLIC;
SQL
pg_ctl --pgdata="$new" --wait --mode=fast stop
mv -T "$new" "$PGDATA"
sync
echo "initialise: database $DATABASE_NAME of $DATABASE_USER is made"
