-- Prepares a restored database for Synapse, as its owner: what the owner has put into it runs with no more rights.
SET client_min_messages = warning;

-- One-time keys that were claimed after the backup must not be given out again: messages would be unreadable.
SELECT to_regclass('public.e2e_one_time_keys_json') IS NOT NULL AS synapse \gset
\if :synapse
  -- A trigger could refuse it.
  ALTER TABLE public.e2e_one_time_keys_json DISABLE TRIGGER USER;
  TRUNCATE public.e2e_one_time_keys_json;
  ALTER TABLE public.e2e_one_time_keys_json ENABLE TRIGGER USER;
  SELECT coalesce('restore: the latest event in the database is from ' || max(to_timestamp((received_ts / 1000)::float8))::text,
    'restore: the database holds no events') FROM public.events;
\endif
