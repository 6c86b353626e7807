-- Lists what a restored database holds beside tables: code, and objects that a system of ours never makes. One JSON
-- object in a line; objects.py judges them. Only catalogs are read, with functions of PostgreSQL.
SET search_path = pg_catalog, pg_temp;
\getenv owner DATABASE_USER
\getenv database DATABASE_NAME

SELECT json_build_object('database', current_database(), 'kind', kind, 'name', name, 'code', code) FROM (
  -- Code is NULL when it runs with the rights of another role, with settings of its own, or in an odd language.
  SELECT 'function' AS kind, proname::text AS name, CASE
    WHEN NOT prosecdef AND proconfig IS NULL AND prosqlbody IS NULL AND lanname IN ('sql', 'plpgsql') THEN prosrc
    END AS code
    FROM pg_proc JOIN pg_language ON pg_language.oid = prolang WHERE pg_proc.oid >= 16384
      AND NOT EXISTS (SELECT FROM pg_depend WHERE classid = 'pg_proc'::regclass AND objid = pg_proc.oid AND deptype = 'e')
  UNION ALL SELECT 'trigger', tgname, NULL FROM pg_trigger WHERE NOT tgisinternal
  UNION ALL SELECT 'expression', adrelid::regclass::text, pg_get_expr(adbin, adrelid) FROM pg_attrdef
    WHERE adrelid >= 16384
  UNION ALL SELECT 'expression', indexrelid::regclass::text,
    concat(pg_get_expr(indexprs, indrelid), ' ', pg_get_expr(indpred, indrelid)) FROM pg_index
    WHERE indexrelid >= 16384 AND (indexprs IS NOT NULL OR indpred IS NOT NULL)
  UNION ALL SELECT 'expression', conname, pg_get_expr(conbin, conrelid) FROM pg_constraint
    WHERE oid >= 16384 AND conbin IS NOT NULL
  UNION ALL SELECT 'rule', rulename, NULL FROM pg_rewrite WHERE oid >= 16384 AND rulename <> '_RETURN'
  UNION ALL SELECT 'policy', polname, NULL FROM pg_policy
  UNION ALL SELECT CASE relkind WHEN 'v' THEN 'view' WHEN 'm' THEN 'materialized view' WHEN 'c' THEN 'type'
    ELSE 'foreign table' END, relname, NULL FROM pg_class WHERE oid >= 16384 AND relkind IN ('v', 'm', 'c', 'f')
  UNION ALL SELECT CASE typtype WHEN 'd' THEN 'domain' ELSE 'type' END, typname, NULL FROM pg_type
    WHERE oid >= 16384 AND (typtype NOT IN ('b', 'c') OR typtype = 'b' AND typcategory <> 'A')
  UNION ALL SELECT 'extension', extname, NULL FROM pg_extension WHERE extname <> 'plpgsql'
  UNION ALL SELECT 'event trigger', evtname, NULL FROM pg_event_trigger
  UNION ALL SELECT 'language', lanname, NULL FROM pg_language WHERE oid >= 16384
  UNION ALL SELECT 'operator', oprname, NULL FROM pg_operator WHERE oid >= 16384
  UNION ALL SELECT 'operator class', opcname, NULL FROM pg_opclass WHERE oid >= 16384
  UNION ALL SELECT 'cast', castsource::regtype || ' as ' || casttarget::regtype, NULL FROM pg_cast WHERE oid >= 16384
  UNION ALL SELECT 'conversion', conname, NULL FROM pg_conversion WHERE oid >= 16384
  UNION ALL SELECT 'collation', collname, NULL FROM pg_collation WHERE oid >= 16384
  UNION ALL SELECT 'access method', amname, NULL FROM pg_am WHERE oid >= 16384
  UNION ALL SELECT 'text search configuration', cfgname, NULL FROM pg_ts_config WHERE oid >= 16384
  UNION ALL SELECT 'text search dictionary', dictname, NULL FROM pg_ts_dict WHERE oid >= 16384
  UNION ALL SELECT 'foreign data wrapper', fdwname, NULL FROM pg_foreign_data_wrapper
  UNION ALL SELECT 'foreign server', srvname, NULL FROM pg_foreign_server
  UNION ALL SELECT 'publication', pubname, NULL FROM pg_publication
  UNION ALL SELECT 'subscription', subname, NULL FROM pg_subscription
  UNION ALL SELECT 'large object', oid::text, NULL FROM pg_largeobject_metadata
  UNION ALL SELECT 'schema', nspname, NULL FROM pg_namespace WHERE oid >= 16384 AND nspname !~ '^pg_(toast_)?temp_'
  UNION ALL SELECT 'database', datname, NULL FROM pg_database
    WHERE datname NOT IN (:'database', 'postgres', 'template0', 'template1')
  UNION ALL SELECT 'tablespace', spcname, NULL FROM pg_tablespace WHERE oid >= 16384
  UNION ALL SELECT 'role', rolname, NULL FROM pg_roles WHERE oid >= 16384 AND (rolname NOT IN (:'owner', 'backup', 'metrics')
    OR rolsuper OR rolcreaterole OR rolcreatedb OR rolbypassrls OR rolreplication <> (rolname = 'backup'))
  UNION ALL SELECT 'right', member::regrole || ' in ' || roleid::regrole, NULL FROM pg_auth_members
    WHERE (member >= 16384 OR roleid >= 16384)
      AND member::regrole || ' in ' || roleid::regrole NOT IN ('backup in pg_read_all_data', 'metrics in pg_monitor')
  UNION ALL SELECT 'setting', split_part(set, '=', 1), NULL FROM pg_db_role_setting, unnest(setconfig) AS set
    WHERE setrole = 0 OR setrole::regrole::text || ' ' || set <> 'metrics statement_timeout=5s'
) AS found;
