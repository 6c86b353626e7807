-- What must be done to a restored database before Synapse sees it.
SET client_min_messages = warning;
\getenv owner DATABASE_USER

-- Keys that were handed out since the backup was made must not be handed out again: messages would be unreadable.
SELECT to_regclass('e2e_one_time_keys_json') IS NOT NULL AS synapse \gset
\if :synapse
  TRUNCATE e2e_one_time_keys_json;
  SELECT 'restore: the latest event is of ' || coalesce(max(to_timestamp(received_ts / 1000))::text, 'none at all') FROM events;
\endif

-- Fails here, and not when Synapse starts, where the backup is of another user. Passwords come from the Secrets when PostgreSQL starts.
ALTER ROLE :"owner" LOGIN;
GRANT pg_read_all_data TO backup;
SELECT format('GRANT CONNECT ON DATABASE %I TO backup', current_database()) \gexec
\connect postgres
GRANT CONNECT ON DATABASE postgres TO backup;
GRANT EXECUTE ON FUNCTION pg_switch_wal() TO backup;
