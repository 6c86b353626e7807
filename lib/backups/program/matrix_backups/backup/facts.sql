-- Facts about the content of the database, as one JSON object. The manifest of a backup holds them, and the drill
-- compares them.
SELECT to_regclass('public.events') IS NOT NULL AS synapse \gset
\if :synapse
SELECT json_build_object(
  'schemaVersion', (SELECT version FROM schema_version),
  'users', (SELECT count(*) FROM users),
  'rooms', (SELECT count(*) FROM rooms),
  'events', (SELECT count(*) FROM events),
  'media', (SELECT count(*) FROM local_media_repository),
  'message', (
    SELECT json_build_object('room', room_id, 'event', event_id) FROM events
    WHERE type IN ('m.room.message', 'm.room.encrypted') AND NOT outlier AND rejection_reason IS NULL
    ORDER BY stream_ordering DESC LIMIT 1),
  'file', (
    SELECT media_id FROM local_media_repository
    WHERE url_cache IS NULL AND quarantined_by IS NULL AND media_length > 0
    ORDER BY created_ts DESC LIMIT 1));
\else
SELECT '{}';
\endif
