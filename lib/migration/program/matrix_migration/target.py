"""The PostgreSQL that the data is moved into, and the mark that keeps Synapse from a half of it."""

from typing import Any

import database
from matrix_migration.problem import Problem
from matrix_migration.source import HOMESERVER

#: Synapse's start waits while this table exists; see wait_for_database.py.
MARK = "sqlite_migration"
PROGRESS = "port_from_sqlite3"
OBJECTS = (
    "SELECT count(*) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE"
    " c.relkind IN ('r', 'p', 'v', 'S') AND n.nspname NOT LIKE 'pg_%' AND n.nspname <> 'information_schema'"
)
FACTS = (
    "SELECT current_setting('server_version_num')::int, pg_encoding_to_char(encoding), datcollate, datctype"
    " FROM pg_database WHERE datname = current_database()"
)
#: What Synapse has made, and nothing that an extension has.
EMPTY = """DO $$ DECLARE one record; BEGIN
FOR one IN SELECT c.oid::regclass AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p') AND pg_get_userbyid(c.relowner) = current_user
LOOP EXECUTE format('DROP TABLE IF EXISTS %s CASCADE', one.name); END LOOP;
FOR one IN SELECT c.oid::regclass AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE n.nspname = 'public' AND c.relkind = 'S' AND pg_get_userbyid(c.relowner) = current_user
LOOP EXECUTE format('DROP SEQUENCE IF EXISTS %s CASCADE', one.name); END LOOP;
FOR one IN SELECT p.oid::regprocedure AS name FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
  WHERE n.nspname = 'public' AND p.prokind = 'f' AND pg_get_userbyid(p.proowner) = current_user
  AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')
LOOP EXECUTE format('DROP FUNCTION IF EXISTS %s CASCADE', one.name); END LOOP; END $$"""


class Target:
    """A connection to it."""

    def __init__(self) -> None:
        self._connection = database.connect(database.arguments(str(HOMESERVER)), "sqlite-migration")

    def rows(self, query: str, *values: Any) -> list[Any]:
        """Returns the rows of a query."""
        with self._connection.cursor() as cursor:
            cursor.execute(query, values or None)
            return list(cursor.fetchall())

    def one(self, query: str, *values: Any) -> Any:
        """Returns the first value of a query."""
        return self.rows(query, *values)[0][0]

    def run(self, statement: str) -> None:
        """Runs a statement, or several as one transaction."""
        with self._connection.cursor() as cursor:
            cursor.execute(statement)

    def cursor(self, name: str) -> Any:
        """Returns a cursor on the server, for more rows than memory holds."""
        return self._connection.cursor(name, withhold=True)

    def has(self, table: str) -> bool:
        """Returns whether a table exists."""
        return self.one("SELECT to_regclass(%s)::text", table) is not None

    def check_kind(self) -> None:
        """Fails when Synapse could not use the server."""
        version, encoding, collate, ctype = self.rows(FACTS)[0]
        if version < 140000:
            raise Problem(f"PostgreSQL {version // 10000} is too old for this Synapse: use 17")
        if (encoding, collate, ctype) != ("UTF8", "C", "C"):
            raise Problem(
                f"the database has encoding {encoding} and locale {collate}/{ctype}, but Synapse needs UTF8 and C: "
                "create it with TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C'"
            )

    def check_empty(self, remedy: str) -> None:
        """Fails when the database has anything in it."""
        if objects := self.one(OBJECTS):
            raise Problem(f"PostgreSQL is not empty: it has {objects} tables and sequences. {remedy}")
