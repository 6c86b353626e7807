-- Prepares the roles of a restored server, as the superuser. In `postgres`, where no other role can put code.
SET client_min_messages = warning;
\getenv owner DATABASE_USER
\getenv database DATABASE_NAME

-- Fails here, and not when Synapse starts, if the backup has another user. update-roles.sh sets the passwords when
-- PostgreSQL starts.
ALTER ROLE :"owner" LOGIN;
GRANT pg_read_all_data TO backup;
GRANT CONNECT ON DATABASE :"database", postgres TO backup;
GRANT EXECUTE ON FUNCTION pg_switch_wal() TO backup;
