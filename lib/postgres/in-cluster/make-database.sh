#!/bin/bash
# Creates an empty database and its roles in the folder PGDATA, which must not exist yet: for a new system, or to
# restore a dump into.
set -euo pipefail

initdb --pgdata="$PGDATA" --username=postgres --encoding=UTF8 --locale=C --data-checksums --auth-local=trust --auth-host=reject
pg_ctl --pgdata="$PGDATA" --wait start -o "-c listen_addresses='' -c unix_socket_directories=/tmp -c log_min_error_statement=panic"
psql --host=/tmp --username=postgres --no-psqlrc --set=ON_ERROR_STOP=1 --quiet postgres <<'SQL'
\getenv database DATABASE_NAME
\getenv owner DATABASE_USER
-- Roles have no password, and so no access over the network, until update-roles.sh sets those of the Secrets.
CREATE ROLE :"owner" LOGIN;
CREATE DATABASE :"database" OWNER :"owner" TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C';
-- May read everything, as a base backup does, and change nothing.
CREATE ROLE backup LOGIN REPLICATION IN ROLE pg_read_all_data;
REVOKE CONNECT ON DATABASE :"database", postgres FROM PUBLIC;
GRANT CONNECT ON DATABASE :"database" TO backup;
-- Lets the agent have WAL archived in time, also after a start. In this database only: dumps of the other would
-- contain the grant.
GRANT CONNECT ON DATABASE postgres TO backup;
GRANT EXECUTE ON FUNCTION pg_switch_wal() TO backup;
SQL
pg_ctl --pgdata="$PGDATA" --wait --mode=fast stop
