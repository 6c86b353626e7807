#!/bin/bash
# Makes an empty database with its roles in the folder PGDATA, which does not exist yet: for a new system, and to read a logical copy into.
set -euo pipefail

initdb --pgdata="$PGDATA" --username=postgres --encoding=UTF8 --locale=C --data-checksums --auth-local=trust --auth-host=reject
pg_ctl --pgdata="$PGDATA" --wait start -o "-c listen_addresses='' -c unix_socket_directories=/tmp -c log_min_error_statement=panic"
psql --host=/tmp --username=postgres --no-psqlrc --set=ON_ERROR_STOP=1 --quiet postgres <<'SQL'
\getenv database DATABASE_NAME
\getenv owner DATABASE_USER
-- Without passwords, and so not over the network: update-roles.sh gives them those of the Secrets.
CREATE ROLE :"owner" LOGIN;
CREATE DATABASE :"database" OWNER :"owner" TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C';
-- Reads everything, as a copy of the files does, and changes nothing.
CREATE ROLE backup LOGIN REPLICATION IN ROLE pg_read_all_data;
REVOKE CONNECT ON DATABASE :"database", postgres FROM PUBLIC;
GRANT CONNECT ON DATABASE :"database" TO backup;
-- The agent has log handed over in time, also after a start. Granted in this database alone: in the other it would be part of dumps.
GRANT CONNECT ON DATABASE postgres TO backup;
GRANT EXECUTE ON FUNCTION pg_switch_wal() TO backup;
SQL
pg_ctl --pgdata="$PGDATA" --wait --mode=fast stop
