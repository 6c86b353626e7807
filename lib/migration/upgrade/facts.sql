-- What a database holds, in the same words for each version of PostgreSQL. A checksum does not depend on the order of rows.
-- What an extension has made follows from its version.
\set own 'nspname NOT LIKE ''pg\\_%'' AND nspname <> ''information_schema'''
\set made_by_extension '(SELECT objid FROM pg_depend WHERE deptype = ''e'')'
SELECT format('SELECT %L, count(*), sum(hashtextextended(the_row::text COLLATE "C", 0)::numeric) FROM %s the_row', 'table ' || c.oid::regclass, c.oid::regclass)
  FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace WHERE relkind IN ('r', 'm') AND :own AND c.oid NOT IN :made_by_extension
  ORDER BY nspname COLLATE "C", relname COLLATE "C" \gexec
SELECT name FROM (
  SELECT format('sequence %I.%I %s', schemaname, sequencename, last_value) FROM pg_sequences
  UNION ALL SELECT format('extension %s', extname) FROM pg_extension
  UNION ALL SELECT format('index %I.%I', nspname, relname) FROM pg_class JOIN pg_namespace n ON n.oid = relnamespace
    JOIN pg_index ON indexrelid = pg_class.oid WHERE indisvalid AND :own AND indrelid NOT IN :made_by_extension
  UNION ALL SELECT format('view %I.%I', nspname, relname) FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace
    WHERE relkind = 'v' AND :own AND c.oid NOT IN :made_by_extension
  UNION ALL SELECT format('constraint %s %I', conrelid::regclass, conname) FROM pg_constraint JOIN pg_namespace n ON n.oid = connamespace
    WHERE contype <> 'n' AND :own AND conrelid NOT IN :made_by_extension
  UNION ALL SELECT format('trigger %s %I', tgrelid::regclass, tgname) FROM pg_trigger WHERE NOT tgisinternal
  UNION ALL SELECT format('function %s', p.oid::regprocedure) FROM pg_proc p JOIN pg_namespace n ON n.oid = pronamespace
    WHERE :own AND p.oid NOT IN :made_by_extension
) AS named (name) ORDER BY name COLLATE "C";
