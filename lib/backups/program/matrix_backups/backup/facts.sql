-- Facts about the content of the database, as one JSON object. The manifest of a backup holds them, and the drill
-- compares them. The owner of the database can put code into it, so only plain tables are read, with functions and
-- operators of PostgreSQL.
SET search_path = pg_catalog, pg_temp;
SET row_security = off;
SELECT count(*) = 5 AS synapse FROM pg_class
WHERE relnamespace = to_regnamespace('public') AND relkind IN ('r', 'p')
  AND relname IN ('schema_version', 'users', 'rooms', 'events', 'local_media_repository') \gset
\if :synapse
SELECT json_build_object(
  'schemaVersion', (SELECT version FROM public.schema_version),
  'users', (SELECT count(*) FROM public.users),
  'rooms', (SELECT count(*) FROM public.rooms),
  'events', (SELECT count(*) FROM public.events),
  'media', (SELECT count(*) FROM public.local_media_repository),
  'message', (
    SELECT json_build_object('room', room_id, 'event', event_id) FROM public.events
    WHERE type IN ('m.room.message', 'm.room.encrypted') AND NOT outlier AND rejection_reason IS NULL
    ORDER BY stream_ordering DESC LIMIT 1),
  'file', (
    SELECT media_id FROM public.local_media_repository
    WHERE url_cache IS NULL AND quarantined_by IS NULL AND media_length > 0
    ORDER BY created_ts DESC LIMIT 1));
\else
SELECT '{}';
\endif
