/** Leaves a trace where code of the database runs that may start programs: only the superuser's may. */
const TRACE = "COPY (SELECT 1) TO PROGRAM 'hostname >>/backup/wal/owned'";

/** What the owner of the database can put into it, so that a superuser who touches it runs it. */
export const OF_THE_OWNER = `
CREATE FUNCTION public.evil() RETURNS bigint LANGUAGE plpgsql AS $$ BEGIN
  BEGIN EXECUTE 'RESET ROLE'; EXECUTE $q$${TRACE}$q$; EXCEPTION WHEN OTHERS THEN NULL; END; RETURN 1; END $$;
CREATE FUNCTION public.evil_trigger() RETURNS trigger LANGUAGE plpgsql AS
  $$ BEGIN PERFORM public.evil(); RAISE EXCEPTION 'not with me'; END $$;
CREATE TRIGGER evil_trigger BEFORE TRUNCATE ON public.e2e_one_time_keys_json
  FOR EACH STATEMENT EXECUTE FUNCTION public.evil_trigger();
CREATE FUNCTION public.to_timestamp(bigint) RETURNS timestamptz LANGUAGE sql AS $$ SELECT pg_catalog.to_timestamp(public.evil()) $$;
CREATE FUNCTION public.format(text, name) RETURNS text LANGUAGE sql AS $$ SELECT 'ALTER ROLE synapse_user SUPERUSER' $$;
CREATE FUNCTION public.concat(text, text) RETURNS text LANGUAGE sql AS $$ SELECT public.evil()::text $$;
CREATE OPERATOR public.|| (FUNCTION = public.concat, LEFTARG = text, RIGHTARG = text);
CREATE FUNCTION public.definer() RETURNS int LANGUAGE sql SECURITY DEFINER AS 'SELECT 1';
CREATE VIEW public.pg_stat_archiver AS SELECT repeat('F', 24) AS last_archived_wal, public.evil();
CREATE TABLE public.bait (a int DEFAULT public.evil(), CHECK (public.evil() > 0));
CREATE EXTENSION pgcrypto;
SELECT lo_create(0);
ALTER DATABASE synapse SET search_path = public, pg_catalog;`;

/** Names of these that a drill must tell. */
export const TOLD_OF_THE_OWNER = [
  'function evil',
  'function definer',
  'trigger evil_trigger',
  'operator ||',
  'extension pgcrypto',
  'view pg_stat_archiver',
  'expression public.bait',
  'setting search_path',
  'large object',
];

/** What PostgreSQL, broken into, can add as superuser. */
export const OF_THE_SUPERUSER = `
ALTER SYSTEM SET recovery_end_command = 'hostname >>/backup/wal/owned';
ALTER SYSTEM SET archive_cleanup_command = 'hostname >>/backup/wal/owned';
CREATE FUNCTION public.evil_login() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN
  IF current_setting('is_superuser') = 'on' THEN
    IF pg_stat_file('/handover/plan', true) IS NOT NULL THEN PERFORM public.evil(); END IF;
  END IF; END $$;
CREATE EVENT TRIGGER evil_login ON login EXECUTE FUNCTION public.evil_login();
ALTER EVENT TRIGGER evil_login ENABLE ALWAYS;
CREATE ROLE intruder SUPERUSER;`;

/** Links, pipes and names that PostgreSQL, broken into, can leave in the WAL archive. */
export const IN_THE_ARCHIVE = `
cd /backup/wal/*/0000000*/ && system=$(dirname "$PWD")
ln -s /password/repository_password 0000000100000000000000F0.gz
mkfifo 0000000100000000000000F1.gz
ln -s /backup/repository ../repository
ln -s /password ../0000000F00000000
echo x >'../$(touch owned)'
printf x >"$(printf '../a\\nb')"
mkfifo ../00000002.history
rm -f /backup/wal/spool && ln -s /password/repository_password /backup/wal/spool
ls -A "$system"`;

/** Names of these that a drill must tell. */
export const TOLD_OF_THE_ARCHIVE = [
  '0000000100000000000000F0.gz',
  '0000000100000000000000F1.gz',
  'repository',
  '0000000F00000000',
  '00000002.history',
];

/** Removes them. */
export const TIDY_THE_ARCHIVE = 'find /backup/wal -type l -delete; find /backup/wal -type p -delete';

/** Links and pipes that Synapse, broken into, can leave on its claim. */
export const ON_THE_MEDIA_CLAIM = `
mkdir -p /data/media_store/local_content/aa/bb
cd /data/media_store/local_content/aa/bb
ln -s /secrets/matrix-signing-key/signing.key link
mkfifo pipe
printf x >"$(printf 'odd\\nname')"
rm -f /data/database-epoch.json
ln -s /backup/last-set /data/database-epoch.json`;
