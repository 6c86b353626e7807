-- Copies the only room of a database so many times (:rooms), with other names of room, events and people.
-- The room is of version 2, whose event IDs are names that are not computed from the events.
\set ON_ERROR_STOP on
SET session_replication_role = replica;
SELECT set_config('load.rooms', :'rooms', false), set_config('load.people', :'people', false);

DO $$
DECLARE
  tables text[] := '{rooms,events,event_json,event_edges,event_auth,state_groups,state_group_edges,state_groups_state,event_to_state_groups,
    event_auth_chains,event_auth_chain_links,state_events,room_memberships,current_state_events,local_current_membership,
    event_forward_extremities,stream_ordering_to_exterm,room_depth,room_stats_state,room_stats_current,users_who_share_private_rooms,
    sliding_sync_joined_rooms,sliding_sync_membership_snapshots}';
  rooms int := current_setting('load.rooms');
  people int := current_setting('load.people');
  room text := (SELECT room_id FROM rooms);
  name text := $q$lpad(n::text, 5, '0')$q$;
  -- The first rooms are those of the people who are measured; of the others, everyone is in as many.
  member text := format('mod(n + %%s, CASE WHEN n <= %1$s THEN %1$s ELSE 10 * %1$s END)', people);
  streams bigint; groups bigint; chains bigint;
  one text; of_room text; columns text; copies text[] := '{}';
BEGIN
  SELECT max(stream_ordering) - min(stream_ordering) + 1 INTO streams FROM events;
  SELECT max(id) - min(id) + 1 INTO groups FROM state_groups;
  SELECT max(chain_id) - min(chain_id) + 1 INTO chains FROM event_auth_chains;
  FOREACH one IN ARRAY tables LOOP
    of_room := CASE
      WHEN one = 'state_group_edges' THEN 'state_group IN (SELECT id FROM state_groups)'
      WHEN one = 'event_auth_chain_links' THEN 'true'
      WHEN one IN ('event_edges', 'event_to_state_groups', 'event_auth_chains') THEN 'event_id IN (SELECT event_id FROM events)'
      ELSE format('room_id = %L', room) END;
    EXECUTE format('CREATE TEMP TABLE template_%s AS SELECT * FROM public.%1$I WHERE %s', one, of_room);
    SELECT string_agg(CASE
        WHEN column_name IN ('stream_ordering', 'event_stream_ordering', 'bump_stamp', 'completed_delta_stream_id')
          THEN format('%I + n::bigint * %s', column_name, streams)
        WHEN column_name IN ('state_group', 'prev_state_group') OR one = 'state_groups' AND column_name = 'id'
          THEN format('%I + n::bigint * %s', column_name, groups)
        WHEN column_name IN ('chain_id', 'origin_chain_id', 'target_chain_id')
          THEN format('%I + n::bigint * %s', column_name, chains)
        WHEN data_type = 'text' THEN format(
          $q$replace(replace(replace(replace(replace(%I, %L, '!h' || %s || ':caritas.local'), '$', '$' || %3$s || '.'),
            '@m1:', '@p' || %s || ':'), '@m2:', '@p' || %s || ':'), '@m3:', '@p' || %s || ':')$q$,
          column_name, room, name, format(member, 0), format(member, 1), format(member, 2))
        ELSE quote_ident(column_name) END, ', ' ORDER BY ordinal_position)
      INTO columns FROM information_schema.columns WHERE table_schema = 'public' AND table_name = one;
    copies := copies || format('INSERT INTO public.%I SELECT %s FROM template_%1$s, generate_series($1, $2) n ORDER BY n', one, columns);
  END LOOP;
  FOR lowest IN 1 .. rooms BY 50 LOOP
    FOREACH one IN ARRAY copies LOOP
      EXECUTE one USING lowest, least(lowest + 49, rooms);
    END LOOP;
    COMMIT;
  END LOOP;
END $$;

-- The people: all log in as the first one did, and their tokens are their names.
CREATE FUNCTION pg_temp.copied(what regclass, changed text) RETURNS void LANGUAGE plpgsql AS $$ BEGIN
  EXECUTE format($q$INSERT INTO %s SELECT (jsonb_populate_record(one, jsonb_build_object(%s))).*
    FROM %1$s one, generate_series(0, 10 * current_setting('load.people')::int - 1) k, concat('@p', k, ':caritas.local') person
    WHERE to_jsonb(one)::text LIKE '%%@m1:caritas.local%%' $q$, what, changed);
END $$;
SELECT pg_temp.copied('users', $$'name', person$$);
SELECT pg_temp.copied('profiles', $$'user_id', 'p' || k, 'full_user_id', person, 'displayname', 'p' || k$$);
SELECT pg_temp.copied('devices', $$'user_id', person$$);
SELECT pg_temp.copied('access_tokens', $$'user_id', person, 'id', 1000 + k, 'token', 'load_p' || k$$);
SELECT pg_temp.copied('ratelimit_override', $$'user_id', person$$);

-- What counts, and what follows a stream, goes on from the end.
SELECT setval('events_stream_seq', (SELECT max(stream_ordering) FROM events)), setval('state_group_id_seq', (SELECT max(id) FROM state_groups)),
  setval('event_auth_chain_id', (SELECT max(chain_id) FROM event_auth_chains));
UPDATE stream_positions SET stream_id = (SELECT max(stream_ordering) FROM events) WHERE stream_name = 'events';
UPDATE stats_incremental_position SET stream_id = (SELECT max(stream_ordering) FROM events);
UPDATE user_directory_stream_pos SET stream_id = (SELECT max(stream_ordering) FROM events);
UPDATE event_push_summary_stream_ordering SET stream_ordering = (SELECT max(stream_ordering) FROM events);
UPDATE federation_stream_position SET stream_id = (SELECT max(stream_ordering) FROM events) WHERE type = 'events';
COMMENT ON TABLE e2e_one_time_keys_json IS 'accepted';
VACUUM (FREEZE, ANALYZE);
