-- Prepares a restored database for Synapse.
SET client_min_messages = warning;
\getenv owner DATABASE_USER

-- One-time keys that were claimed after the backup must not be given out again: messages would be unreadable.
SELECT to_regclass('e2e_one_time_keys_json') IS NOT NULL AS synapse \gset
\if :synapse
  TRUNCATE e2e_one_time_keys_json;
  SELECT coalesce('restore: the latest event in the database is from ' || max(to_timestamp(received_ts / 1000))::text,
    'restore: the database holds no events') FROM events;
\endif

-- Fails here, and not when Synapse starts, if the backup has another user. update-roles.sh sets the passwords when
-- PostgreSQL starts.
ALTER ROLE :"owner" LOGIN;
GRANT pg_read_all_data TO backup;
SELECT format('GRANT CONNECT ON DATABASE %I TO backup', current_database()) \gexec
\connect postgres
GRANT CONNECT ON DATABASE postgres TO backup;
GRANT EXECUTE ON FUNCTION pg_switch_wal() TO backup;
